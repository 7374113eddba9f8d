package dev.stride.ops.std.internal.reduction;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.Weight;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.Arithmetic;
import dev.stride.ops.std.internal.kernel.Axes;
import dev.stride.ops.std.internal.kernel.Elementwise;
import dev.stride.ops.std.internal.kernel.Folds;
import dev.stride.ops.std.internal.kernel.Reduction;
import dev.stride.ops.std.internal.kernel.Scans;
import dev.stride.ops.std.internal.operator.Auxiliaries;
import dev.stride.ops.std.internal.operator.AxesPorts;
import dev.stride.ops.std.internal.operator.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The product over axes.
 *
 * <p>Computes {@code y = prod x}; 1 for empty slices. For a cotangent {@code g} the adjoint is
 * {@code g} times the product of the other elements, without a division, so it is exact where
 * elements are 0.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>axes (auxiliary)<td>whole numbers from 0, or negative from the end; all if left out<td>1
 *   <tr><td>keepdims (auxiliary)<td>whether axes stay, with extent 1; false if left out<td>
 *   <tr><td>y (output)<td>x without the axes<td>a power of that of x
 * </table>
 *
 * <p>Keeps x; the adjoint needs room for one slice in float64 a thread. Multiplies in float64 in a
 * fixed order. Stateless: one instance serves any number of concurrent calls.
 */
final class Product
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.product")
          .input("x")
          .input(AxesPorts.axes())
          .input(AxesPorts.keepdims())
          .output("y")
          .build();

  private final OtherFactors others = new OtherFactors();

  static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(ReductionSamples.of(v -> v, 1e6));
    Tensor zeros =
        Tensor.of(dev.stride.api.Shape.of(4, 3), 1.0, 0, 2, 3, -2, 0, 0.5, 4, 0, 1, 2, 3);
    samples.add(Sample.of(zeros, List.of(0)).described("no zero, one, and two"));
    return samples;
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor x = call.tensor("x");
    Axes axes = AxesPorts.of(call, x.shape());
    return Outputs.of(Folds.PRODUCT.over(axes, x, call.parallel()).reshape(axes.to()));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor x = call.tensor("x");
    return Gradients.of(
        OtherFactors.of(AxesPorts.of(call, x.shape()), x, call.cotangent(), call.parallel()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor x = call.tensor("x");
    Axes axes = AxesPorts.of(call, x.shape());
    Parallel parallel = call.parallel();
    Tensor ones = Tensor.full(axes.kept(), 1, x.dataType());
    Tensor slopes = OtherFactors.of(axes, x, ones, parallel);
    Tensor each = Elementwise.zip(Arithmetic.MULTIPLY, call.direction("x"), slopes, parallel);
    return Outputs.of(Reduction.sum(each, axes, 1, parallel).reshape(axes.to()));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    Arguments arguments = Arguments.of(call.cotangent("y", Tensor.class), call.input("x"));
    return List.of(others.call(Auxiliaries.add(SIGNATURE, arguments, call)));
  }

  @Override
  public Weight weight(OperatorCall call) {
    return Work.weight(call.tensor("x").size(), 4);
  }

  /** The adjoint as an operator of the cotangent and x, to be differentiated once more. */
  private static final class OtherFactors implements BlockingOperator<Tensor> {

    private static final Signature SIGNATURE =
        Signature.named("stride.product-adjoint")
            .input("cotangent")
            .input("x")
            .input(AxesPorts.axes())
            .input(AxesPorts.keepdims())
            .output("y")
            .linearIn()
            .build();

    static Tensor of(Axes axes, Tensor x, Tensor cotangent, Parallel parallel) {
      return Scans.productOfOthers(axes, x, cotangent.reshape(axes.kept()), parallel);
    }

    @Override
    public Signature signature() {
      return SIGNATURE;
    }

    @Override
    public Outputs forward(ForwardCall call) {
      Tensor x = call.tensor("x");
      Axes axes = AxesPorts.of(call, x.shape());
      return Outputs.of(of(axes, x, call.tensor("cotangent"), call.parallel()));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      Tensor x = call.tensor("x");
      Axes axes = AxesPorts.of(call, x.shape());
      return Gradients.of(
          call.needsGrad("cotangent") ? towardsCotangent(call, axes, x) : null,
          call.needsGrad("x")
              ? Scans.productOfOthersAlong(
                  axes,
                  x,
                  call.cotangent(),
                  call.tensor("cotangent").reshape(axes.kept()),
                  call.parallel())
              : null);
    }

    private static Tensor towardsCotangent(AdjointCall call, Axes axes, Tensor x) {
      Parallel parallel = call.parallel();
      Tensor ones = Tensor.full(axes.kept(), 1, x.dataType());
      Tensor slopes = of(axes, x, ones, parallel);
      Tensor each = Elementwise.zip(Arithmetic.MULTIPLY, call.cotangent(), slopes, parallel);
      return Reduction.sum(each, axes, 1, parallel).reshape(call.tensor("cotangent").shape());
    }
  }
}
