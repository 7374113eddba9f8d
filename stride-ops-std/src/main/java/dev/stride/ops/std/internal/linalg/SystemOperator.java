package dev.stride.ops.std.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.Weight;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.operator.BilinearAdjoint;
import dev.stride.ops.std.internal.operator.Operands;
import dev.stride.ops.std.internal.operator.SumTo;
import dev.stride.ops.std.internal.operator.Work;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The solution of {@code op(a) x = b}, where {@code op} is nothing or the transpose.
 *
 * <p>For a cotangent {@code g} the adjoint of {@code b} is {@code h = op(a)^-T g}, and that of
 * {@code a} the part that is read of {@code -h x^T}, or of {@code -x h^T} if it is transposed; both
 * summed over the batch axes along which that input was repeated. Computed in float64 in both
 * types.
 */
abstract class SystemOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final MatMul PRODUCT = new MatMul();

  /** Matrices that systems can be solved with. */
  interface Solver extends Saved {

    /** {@code A^-1 b} or {@code A^-T b} for float64 {@code b} of shape [batch..., n, m]. */
    Tensor solve(Tensor b, boolean transposed, OperatorCall call);
  }

  /** What the adjoint needs besides the solution. */
  private record Solved(Solver solver, Shape b) implements Saved {
    @Override
    public long bytes() {
      return solver.bytes();
    }
  }

  private final Signature signature;

  SystemOperator(String name, Port... auxiliary) {
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
  }

  /** The matrices, checked; {@code a} in float64. */
  abstract Solver solver(OperatorCall call, Tensor a);

  /** The part of a gradient that belongs to what is read of {@code a}. */
  abstract Tensor read(OperatorCall call, Tensor gradient);

  /** The same on variables. */
  abstract Variable<Tensor> read(VariableCall call, Variable<Tensor> gradient);

  /** The arguments of this operator's call with what selects the part that is read. */
  abstract Arguments selected(VariableCall call, Arguments arguments);

  static boolean flag(OperatorCall call, String port) {
    return call.has(port) && call.value(port, Boolean.class);
  }

  static boolean flag(VariableCall call, String port) {
    return call.has(port) && call.value(port, Boolean.class);
  }

  @Override
  public final Signature signature() {
    return signature;
  }

  @Override
  public final Outputs forward(ForwardCall call) {
    Tensor a = call.tensor("a");
    Tensor b = call.tensor("b");
    Operands.sameType(call, "a", a, "b", b);
    check(call, a.shape(), b.shape());
    Solver solver = solver(call, a.cast(DataType.FLOAT64));
    return Outputs.of(solve(call, solver, b, false).cast(a.dataType()))
        .saving(new Solved(solver, b.shape()));
  }

  private static void check(OperatorCall call, Shape a, Shape b) {
    Squares.check(call, "a", a);
    boolean vector = b.rank() == 1 && a.rank() == 2;
    if ((!vector && b.rank() < 2) || a.extent(-1) != b.extent(vector ? 0 : -2)) {
      throw new IllegalArgumentException(
          Operands.shapes(call, "a", a, "b", b)
              + "; they must be [batch..., n, n] and [batch..., n, m], or [n, n] and [n]. Reshape"
              + " one of them before the call.");
    }
    MatrixOperator.checkBatches(call, "a", a, a, "b", b, Solutions.columns(b));
  }

  /** The solution for a right-hand side of either form, in float64. */
  private static Tensor solve(OperatorCall call, Solver solver, Tensor b, boolean adjoint) {
    Tensor columns = b.cast(DataType.FLOAT64).reshape(Solutions.columns(b.shape()));
    Tensor x = solver.solve(columns, flag(call, "transposed") != adjoint, call);
    return b.shape().rank() == 1 ? x.reshape(b.shape()) : x;
  }

  @Override
  public final Gradients adjoint(AdjointCall call) {
    Solved solved = call.saved(Solved.class);
    Tensor a = call.tensor("a");
    Tensor h = solve(call, solved.solver(), call.cotangent(), true);
    return Gradients.of(
        call.needsGrad("a") ? towardsMatrix(call, h, a) : null,
        call.needsGrad("b")
            ? Reduction.sumTo(h, solved.b(), call.parallel()).cast(a.dataType())
            : null);
  }

  private Tensor towardsMatrix(AdjointCall call, Tensor h, Tensor a) {
    Tensor x = call.output("x").cast(DataType.FLOAT64);
    Tensor product =
        flag(call, "transposed")
            ? PRODUCT.towardsA(call, x, h, a.shape())
            : PRODUCT.towardsA(call, h, x, a.shape());
    return read(call, product).unaryMinus().cast(a.dataType());
  }

  @Override
  public final Outputs tangent(TangentCall call) {
    Tensor a = call.tensor("a");
    Solver solver = solver(call, a.cast(DataType.FLOAT64));
    Tensor x = solve(call, solver, call.tensor("b"), false);
    Tensor change = read(call, call.direction("a").cast(DataType.FLOAT64));
    Tensor turned = flag(call, "transposed") ? MatrixTranspose.of(change) : change;
    Tensor moved = PRODUCT.product(call, turned, x);
    Tensor b = call.direction("b").cast(DataType.FLOAT64);
    Tensor right = Reduction.repeatTo(b, moved.shape()).minus(moved);
    return Outputs.of(solve(call, solver, right, false).cast(a.dataType()));
  }

  @Override
  public final List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Variable<Tensor> a = call.input("a");
    Variable<Tensor> x = call.output("x", Tensor.class);
    boolean transposed = flag(call, "transposed");
    Arguments system = Arguments.of(a, call.cotangent("x", Tensor.class));
    Variable<Tensor> h = call(selected(call, system).with("transposed", !transposed));
    BilinearAdjoint outer = BilinearAdjoint.towardsA(PRODUCT);
    Variable<Tensor> product =
        transposed ? outer.call(x, h, a.detach()) : outer.call(h, x, a.detach());
    return Arrays.asList(
        call.needsGrad("a") ? read(call, product).unaryMinus() : null,
        call.needsGrad("b") ? new SumTo().call(h, call.like("b")) : null);
  }

  @Override
  public final Weight weight(OperatorCall call) {
    Shape a = call.tensor("a").shape();
    return Work.weight(a.size(), a.rank() == 0 ? 1 : a.extent(-1));
  }
}
