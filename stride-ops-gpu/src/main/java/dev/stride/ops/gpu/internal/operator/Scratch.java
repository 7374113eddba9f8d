package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tensors that an operator needs on the way to its result, whose memory goes back when the commands
 * are handed over. Not safe for concurrent use.
 */
public final class Scratch implements AutoCloseable {

  private final Deque<Tensor> tensors = new ArrayDeque<>();

  /** Nothing yet. */
  public Scratch() {}

  /** The tensor, to be given back on closing. */
  public Tensor keep(Tensor tensor) {
    tensors.push(tensor);
    return tensor;
  }

  @Override
  public void close() {
    tensors.forEach(tensor -> tensor.storage().release());
  }
}
