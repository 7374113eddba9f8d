package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Precision;
import dev.stride.ops.gpu.internal.operator.Scratch;
import dev.stride.ops.gpu.internal.operator.TiledProduct;
import java.util.Arrays;
import java.util.List;

/**
 * The solution of {@code op(a) x = b} on a device, where {@code op} is nothing or the transpose.
 *
 * <p>For a cotangent {@code g} the adjoint of {@code b} is {@code h = op(a)^-T g}, and that of
 * {@code a} the part that is read of {@code -h x^T}, or of {@code -x h^T} if it is transposed; both
 * summed over the batch axes along which that input was repeated. Computed in the widest type of
 * the device in both types.
 */
abstract class SystemOperator implements DeviceCode {

  private static final List<String> PORTS = List.of("a", "b");
  private static final Code ITSELF = Code.of("x", "x");
  private static final Code NEGATIVE = Code.of("-x", "x");
  private static final Code DIFFERENCE = Code.of("a - b", "a", "b");

  /** Matrices that systems can be solved with. */
  interface Solver extends Saved {

    /** {@code A^-1 b} or {@code A^-T b} for {@code b} of shape [batch..., n, m]. */
    Tensor solve(Tensor b, boolean transposed);

    /** Gives memory back that belongs to it alone; for solvers that no adjoint needs. */
    void release(Scratch scratch);
  }

  /** What the adjoint needs besides the solution. */
  private record Solved(Solver solver, Shape b) implements Saved {
    @Override
    public long bytes() {
      return solver.bytes();
    }
  }

  private final String name;
  private final Signature signature;
  private final ComputeDevice device;
  private final Precision precision;
  private final Elements elements;
  private final Reduction sums;
  private final Matrix matrix;

  SystemOperator(String name, ComputeDevice device, Port... auxiliary) {
    this.name = name;
    Signature.Builder builder = Signature.named(name).input("a").input("b");
    List.of(auxiliary).forEach(builder::input);
    String[] needed = new String[auxiliary.length + 2];
    Arrays.setAll(needed, i -> i == 0 ? "a" : i == 1 ? "transposed" : auxiliary[i - 2].name());
    this.signature =
        builder
            .input(Port.auxiliary("transposed", Boolean.class).optional())
            .output("x")
            .linearIn("b")
            .adjointNeeds(needed)
            .keepsOutputs("x")
            .build();
    this.device = device;
    this.precision = new Precision(device, name);
    this.elements = new Elements(device, name);
    this.sums = new Reduction(device, name);
    this.matrix = new Matrix(device, name);
  }

  /** The matrices, checked; {@code a} in the widest type, which nobody else keeps or changes. */
  abstract Solver solver(OperatorCall call, Tensor a);

  /** The part of a gradient that belongs to what is read of {@code a}. */
  abstract Tensor read(OperatorCall call, Tensor gradient, Scratch scratch);

  static boolean flag(OperatorCall call, String port) {
    return call.has(port) && call.value(port, Boolean.class);
  }

  final Matrix matrix() {
    return matrix;
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    List<Tensor> operands = Operands.on(device, call, PORTS);
    Operands.sameType(call, PORTS, operands);
    Tensor a = operands.getFirst();
    Tensor b = operands.getLast();
    check(call, a, b);
    Solver solver = solver(call, precision.owned(a));
    Tensor x = solve(call, solver, b, false);
    return Outputs.of(precision.narrow(x, a.dataType())).saving(new Solved(solver, b.shape()));
  }

  private static void check(OperatorCall call, Tensor a, Tensor b) {
    Stacks.checkSquare(call, "a", a.shape());
    boolean vector = b.shape().rank() == 1 && a.shape().rank() == 2;
    if ((!vector && b.shape().rank() < 2)
        || a.shape().extent(-1) != b.shape().extent(vector ? 0 : -2)) {
      throw Operands.wrong(
          call,
          Operands.shapes("a", a, "b", b)
              + "; they must be [batch..., n, n] and [batch..., n, m], or [n, n] and [n]. Reshape"
              + " one of them before the call.");
    }
    Shape columns = columns(b.shape());
    if (!Operands.fit(Stacks.batch(a.shape()), Stacks.batch(columns))) {
      throw Operands.wrong(
          call,
          Operands.shapes("a", a, "b", b)
              + "; extents before the matrices, aligned at the last of them, must be equal or one"
              + " of them 1. Reshape one of them before the call.");
    }
  }

  /** A right-hand side as matrices: a vector, which has one axis, is a column. */
  private static Shape columns(Shape b) {
    return b.rank() == 1 ? Shape.of(b.extent(0), 1) : b;
  }

  /** The solution for a right-hand side of either form, in the widest type. */
  private Tensor solve(OperatorCall call, Solver solver, Tensor b, boolean adjoint) {
    try (Scratch scratch = new Scratch()) {
      Tensor right = precision.wide(b, scratch).reshape(columns(b.shape()));
      Tensor x = solver.solve(right, flag(call, "transposed") != adjoint);
      return b.shape().rank() == 1 ? x.reshape(b.shape()) : x;
    }
  }

  @Override
  public final ComputeDevice device() {
    return device;
  }

  @Override
  public final Gradients gradients(AdjointCall call) {
    Solved solved = call.saved(Solved.class);
    Tensor a = Operands.on(device, call.tensor("a"));
    try (Scratch scratch = new Scratch()) {
      Tensor g = Operands.on(device, call.cotangent());
      Tensor h = scratch.keep(solve(call, solved.solver(), g, true));
      return Gradients.of(
          call.needsGrad("a") ? towardsMatrix(call, h, a, scratch) : null,
          call.needsGrad("b") ? towardsRight(h, solved.b(), a) : null);
    }
  }

  private Tensor towardsRight(Tensor h, Shape b, Tensor like) {
    Axes repeated = Axes.repeated(b, h.shape());
    return precision.narrow(sums.compute(ITSELF, repeated, 1, List.of(h)), like.dataType());
  }

  private Tensor towardsMatrix(AdjointCall call, Tensor h, Tensor a, Scratch scratch) {
    Tensor x = precision.wide(Operands.on(device, call.output("x")), scratch);
    Tensor columnsX = x.reshape(columns(x.shape()));
    Tensor columnsH = h.reshape(columns(h.shape()));
    TiledProduct product =
        new TiledProduct(device, name, Stacks.batch(columnsX.shape()), a.shape(), columnsX.shape());
    Tensor outer =
        flag(call, "transposed")
            ? product.towardsA(columnsX, columnsH)
            : product.towardsA(columnsH, columnsX);
    Tensor read = read(call, scratch.keep(outer), scratch);
    return precision.narrow(elements.compute(NEGATIVE, a.shape(), List.of(read)), a.dataType());
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Tensor b = Operands.on(device, call.tensor("b"));
    try (Scratch scratch = new Scratch()) {
      Solver solver = solver(call, precision.owned(a));
      Tensor x = scratch.keep(solve(call, solver, b, false));
      Tensor columnsX = x.reshape(columns(x.shape()));
      Tensor direction = precision.wide(Operands.on(device, call.direction("a")), scratch);
      Tensor change = read(call, direction, scratch);
      Tensor turned = flag(call, "transposed") ? scratch.keep(matrix.turned(change)) : change;
      Tensor moved =
          scratch.keep(
              new TiledProduct(
                      device,
                      name,
                      Stacks.batch(columnsX.shape()),
                      turned.shape(),
                      columnsX.shape())
                  .product(turned, columnsX));
      Tensor right = precision.wide(Operands.on(device, call.direction("b")), scratch);
      Tensor rest =
          scratch.keep(
              elements.compute(
                  DIFFERENCE,
                  moved.shape(),
                  List.of(right.reshape(columns(right.shape())), moved)));
      Tensor changed = solver.solve(rest, flag(call, "transposed")).reshape(x.shape());
      solver.release(scratch);
      return Outputs.of(precision.narrow(changed, a.dataType()));
    }
  }
}
