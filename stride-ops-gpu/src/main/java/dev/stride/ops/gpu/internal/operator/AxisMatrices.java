package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.kernel.AlongAxis;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A matrix along each of the last axes of a tensor, one after the other, the last axis first.
 *
 * @param along applies them
 * @param rank of the tensor
 * @param matrices of the last axes, in their order; empty: the axis stays as it is
 */
public record AxisMatrices(AlongAxis along, int rank, List<Optional<SparseMatrix>> matrices)
    implements LinearMap {

  /** Copies the list. */
  public AxisMatrices {
    matrices = List.copyOf(matrices);
  }

  /** One matrix along one axis. */
  public static AxisMatrices one(AlongAxis along, Shape x, int axis, SparseMatrix matrix) {
    List<Optional<SparseMatrix>> all = new ArrayList<>();
    all.add(Optional.of(matrix));
    for (int behind = axis + 1; behind < x.rank(); behind++) {
      all.add(Optional.empty());
    }
    return new AxisMatrices(along, x.rank(), all);
  }

  private int axis(int k) {
    return rank - matrices.size() + k;
  }

  @Override
  public Tensor forward(Tensor x) {
    Tensor result = x;
    for (int k = matrices.size() - 1; k >= 0; k--) {
      result = step(matrices.get(k), x, result, axis(k));
    }
    return result;
  }

  @Override
  public Tensor adjoint(Tensor cotangent) {
    Tensor result = cotangent;
    for (int k = 0; k < matrices.size(); k++) {
      result = step(matrices.get(k).map(SparseMatrix::transposed), cotangent, result, axis(k));
    }
    return result;
  }

  /** One product; what it was computed from goes back unless it was given. */
  private Tensor step(Optional<SparseMatrix> matrix, Tensor given, Tensor from, int axis) {
    if (matrix.isEmpty()) {
      return from;
    }
    Tensor product = along.apply(matrix.get(), from, axis);
    if (!Objects.equals(from.storage(), given.storage())) {
      from.storage().release();
    }
    return product;
  }

  @Override
  public long bytes() {
    return matrices.stream().flatMap(Optional::stream).mapToLong(SparseMatrix::bytes).sum();
  }
}
