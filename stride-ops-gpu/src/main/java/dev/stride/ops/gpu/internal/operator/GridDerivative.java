package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Differences of fields on grids, on a device; of ports and meaning as {@code stride.gradient},
 * {@code stride.divergence} and {@code stride.laplacian} of the standard pack. The adjoint takes
 * the transposed weights. Saves the weights. Stateless.
 */
final class GridDerivative extends LinearOperator {

  private final String name;
  private final Kind kind;
  private final ComputeDevice device;

  private enum Kind {
    GRADIENT,
    DIVERGENCE,
    LAPLACIAN
  }

  private GridDerivative(String name, Kind kind, ComputeDevice device) {
    super(name, device, GridPorts.all());
    this.name = name;
    this.kind = kind;
    this.device = device;
  }

  static GridDerivative gradient(ComputeDevice device) {
    return new GridDerivative("stride.gradient", Kind.GRADIENT, device);
  }

  static GridDerivative divergence(ComputeDevice device) {
    return new GridDerivative("stride.divergence", Kind.DIVERGENCE, device);
  }

  static GridDerivative laplacian(ComputeDevice device) {
    return new GridDerivative("stride.laplacian", Kind.LAPLACIAN, device);
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(7, 9), 23), 0.5),
        Sample.of(Domain.ALL.of(Shape.of(5, 6), 23), List.of(1.0, 0.5))
            .with("order", 4)
            .with("edge", "mirror"));
  }

  static List<Sample> divergenceSamples() {
    return List.of(
        Sample.of(Domain.ALL.of(Shape.of(2, 7, 9), 23), 0.5),
        Sample.of(Domain.ALL.of(Shape.of(2, 5, 6), 23), List.of(1.0, 0.5))
            .with("order", 4)
            .with("edge", "mirror"));
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    GridPorts.requireAxes(call, x);
    Shape grid = kind == Kind.DIVERGENCE ? components(x, call) : x;
    double[] spacing = GridPorts.spacing(call, grid);
    int order = GridPorts.order(call, kind != Kind.LAPLACIAN);
    Edge edge = Edge.of(call);
    GridPorts.requirePoints(call, grid, kind == Kind.LAPLACIAN ? 2 : 1, order, edge);
    return switch (kind) {
      case GRADIENT -> new Stacked(first(grid, spacing, order, edge));
      case DIVERGENCE ->
          new Summed(
              edge == Edge.ONE_SIDED
                  ? leaning(grid, spacing, order)
                  : first(grid, spacing, order, edge).transposed(-1));
      case LAPLACIAN -> new SummedOfOne(second(grid, spacing, order, edge));
    };
  }

  private static Shape components(Shape x, OperatorCall call) {
    Shape grid = Shape.of(Arrays.copyOfRange(x.toArray(), 1, x.rank()));
    if (grid.rank() == 0 || x.extent(0) != grid.rank()) {
      throw Operands.wrong(
          call,
          "`x` has shape "
              + x
              + "; it must be [axis, ...grid] with one component per axis of the grid. Stack the"
              + " components along a first axis.");
    }
    return grid;
  }

  private GridDifferences first(Shape grid, double[] spacing, int order, Edge edge) {
    return GridDifferences.first(device, name, grid, spacing, order, edge);
  }

  /** One-sided edges of a divergence lean inwards themselves, as they do for a gradient. */
  private GridDifferences leaning(Shape grid, double[] spacing, int order) {
    if (order > 1) {
      return first(grid, spacing, order, Edge.ONE_SIDED);
    }
    List<SparseMatrix> matrices = new ArrayList<>();
    for (int axis = 0; axis < grid.rank(); axis++) {
      matrices.add(
          Differences.backward(grid.extent(axis), Edge.ONE_SIDED).times(1 / spacing[axis]));
    }
    return new GridDifferences(device, name, grid, matrices);
  }

  private GridDifferences second(Shape grid, double[] spacing, int order, Edge edge) {
    List<SparseMatrix> matrices = new ArrayList<>();
    for (int axis = 0; axis < grid.rank(); axis++) {
      double factor = 1 / (spacing[axis] * spacing[axis]);
      matrices.add(Differences.second(grid.extent(axis), order, edge).times(factor));
    }
    return new GridDifferences(device, name, grid, matrices);
  }

  private record Stacked(GridDifferences differences) implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      return differences.stacked(x);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return differences.transposed(1).summed(cotangent);
    }

    @Override
    public long bytes() {
      return differences.bytes();
    }
  }

  private record Summed(GridDifferences differences) implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      return differences.summed(x);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return differences.transposed(1).stacked(cotangent);
    }

    @Override
    public long bytes() {
      return differences.bytes();
    }
  }

  private record SummedOfOne(GridDifferences differences) implements LinearMap {
    @Override
    public Tensor forward(Tensor x) {
      return differences.summedOfOne(x);
    }

    @Override
    public Tensor adjoint(Tensor cotangent) {
      return differences.transposed(1).summedOfOne(cotangent);
    }

    @Override
    public long bytes() {
      return differences.bytes();
    }
  }
}
