package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Gradients;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an adjoint has made from what it was given: what is younger than the call is lent to
 * the run, everything else that it returns is not.
 */
final class Loans {

  private final ComputeDevice device;
  private final long before;

  private Loans(ComputeDevice device, long before) {
    this.device = device;
    this.before = before;
  }

  /** Of a call that begins now. */
  static Loans since(ComputeDevice device) {
    return new Loans(device, device.memory().allocations());
  }

  /** Lends what was made since. */
  void take(Gradients gradients) {
    List<@Nullable Object> positional = gradients.positional();
    if (positional != null) {
      positional.forEach(this::take);
    }
    gradients.byPath().values().forEach(this::take);
    gradients.preconditioners().values().forEach(this::take);
  }

  private void take(@Nullable Object gradient) {
    switch (gradient) {
      case Tensor tensor -> take(tensor);
      case List<?> several -> several.forEach(this::take);
      case null, default -> {}
    }
  }

  private void take(Tensor gradient) {
    if (gradient.storage() instanceof DeviceStorage storage && storage.owner() == device) {
      if (storage.number() > before) {
        storage.loan().lend();
      } else {
        storage.loan().keep();
      }
    }
  }
}
