package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.CancellationToken;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Hands the commands of many steps over in batches. The host goes ahead of the device, but not by
 * more than some batches, so that the queue stays short; between batches a shot can be cancelled.
 */
final class Batches {

  private static final int STEPS = 64;
  private static final int AHEAD = 32;

  private final ComputeDevice device;
  private final CancellationToken token;
  private final List<Launch> next = new ArrayList<>();
  private final Deque<Long> handedOver = new ArrayDeque<>();
  private int steps;

  Batches(ComputeDevice device, CancellationToken token) {
    this.device = device;
    this.token = token;
  }

  /** Adds a command to the next batch. */
  void add(Launch launch) {
    next.add(launch);
  }

  /** Ends a step. */
  void endStep() {
    if (++steps % STEPS == 0) {
      flush();
    }
  }

  /** Hands over what was added. */
  void flush() {
    if (next.isEmpty()) {
      return;
    }
    token.throwIfCancelled();
    handedOver.addLast(device.launch(List.copyOf(next)));
    next.clear();
    if (handedOver.size() > AHEAD) {
      device.awaitEnd(handedOver.removeFirst());
    }
  }
}
