package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.Domain;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The solution of systems with triangular matrices, on a device; of ports and meaning as {@code
 * stride.triangular-solve} of the standard pack. A call waits for the diagonals, which are checked,
 * unless they are taken for 1. Saves the matrices. Stateless.
 */
final class TriangularSolve extends SystemOperator {

  private final Triangles triangles;

  TriangularSolve(ComputeDevice device) {
    super(
        "stride.triangular-solve",
        device,
        Port.auxiliary("upper", Boolean.class).optional(),
        Port.auxiliary("unit", Boolean.class).optional());
    this.triangles = new Triangles(device, "stride.triangular-solve");
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(4, 4), Domain.ALL.of(Shape.of(4, 3), 23)),
        Sample.of(Wells.matrices(3, 3), Domain.ALL.of(Shape.of(3), 23), true)
            .described("upper, a vector"),
        Sample.of(
                Wells.matrices(2, 1, 3, 3), Domain.ALL.of(Shape.of(2, 3, 1), 23), true, true, true)
            .described("upper, unit diagonal, transposed, both stacks are repeated"));
  }

  private record Triangular(Triangles triangles, Tensor a, Triangles.Form form) implements Solver {
    @Override
    public Tensor solve(Tensor b, boolean transposed) {
      return triangles.new Columns(a.shape(), b)
          .solve(a, transposed ? form.transposed() : form)
          .x();
    }

    @Override
    public void release(Scratch scratch) {
      scratch.keep(a);
    }

    @Override
    public long bytes() {
      return (long) a.dataType().bytes() * a.size();
    }
  }

  @Override
  Solver solver(OperatorCall call, Tensor a) {
    boolean unit = flag(call, "unit");
    if (!unit) {
      requireDiagonal(call, a);
    }
    return new Triangular(triangles, a, new Triangles.Form(flag(call, "upper"), false, unit));
  }

  private void requireDiagonal(OperatorCall call, Tensor a) {
    int n = a.shape().extent(-1);
    try (Scratch scratch = new Scratch()) {
      double[] diagonal = scratch.keep(matrix().diagonal(a)).toDoubleArray();
      for (int row = 0; row < diagonal.length; row++) {
        if (diagonal[row] == 0) {
          throw Stacks.broken(
              call, row / n, "singular", row % n + 1, "Correct the zero on its diagonal.");
        }
      }
    }
  }

  @Override
  Tensor read(OperatorCall call, Tensor gradient, Scratch scratch) {
    return scratch.keep(matrix().triangle(gradient, flag(call, "upper"), flag(call, "unit")));
  }
}
