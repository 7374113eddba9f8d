package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The solution of systems of linear equations, on a device; of ports and meaning as {@code
 * stride.solve} of the standard pack. A call waits for whether a matrix is singular. Saves the
 * factors. Stateless.
 */
final class Solve extends SystemOperator {

  private final ComputeDevice device;

  Solve(ComputeDevice device) {
    super("stride.solve", device);
    this.device = device;
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(3, 3), Domain.ALL.of(Shape.of(3), 23)).described("a vector"),
        Sample.of(Wells.matrices(4, 4), Domain.ALL.of(Shape.of(4, 2), 23), true)
            .described("transposed"),
        Sample.of(Wells.matrices(2, 1, 3, 3), Domain.ALL.of(Shape.of(2, 3, 1), 23))
            .described("both stacks are repeated"));
  }

  private record Lu(Factors factors) implements Solver {
    @Override
    public Tensor solve(Tensor b, boolean transposed) {
      return factors.solve(b, transposed);
    }

    @Override
    public void release(Scratch scratch) {
      factors.release(scratch);
    }

    @Override
    public long bytes() {
      return factors.bytes();
    }
  }

  @Override
  Solver solver(OperatorCall call, Tensor a) {
    try (Scratch scratch = new Scratch()) {
      return new Lu(Factors.of(device, name(), scratch.keep(a)).checked(call));
    }
  }

  @Override
  Tensor read(OperatorCall call, Tensor gradient, Scratch scratch) {
    return gradient;
  }
}
