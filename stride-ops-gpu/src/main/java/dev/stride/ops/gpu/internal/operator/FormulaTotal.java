package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
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
import java.util.List;

/**
 * The sum or the mean of a {@link Formula} over all elements, on a device, whose terms are not
 * stored. For a cotangent {@code g} the adjoint is {@code g}, for the mean {@code g / n}, times the
 * slopes. Keeps what the slopes speak of, and shapes. Stateless.
 */
final class FormulaTotal implements DeviceCode {

  private static final Code ITSELF = Code.of("x", "x");
  private static final Code DIVIDED = new Code("g / length", List.of("g"), List.of("length"));

  private final Formula formula;
  private final boolean divides;
  private final ComputeDevice device;
  private final ElementOperator terms;
  private final Reduction sums;
  private final Elements elements;

  FormulaTotal(Formula formula, boolean divides, ComputeDevice device) {
    this.formula = formula;
    this.divides = divides;
    this.device = device;
    this.terms = new ElementOperator(formula, device);
    this.sums = new Reduction(device, formula.name());
    this.elements = new Elements(device, formula.name() + " (adjoint)");
  }

  private record Shapes(Shape terms, List<Shape> inputs) implements Saved {
    @Override
    public long bytes() {
      return 0;
    }
  }

  @Override
  public Signature signature() {
    return terms.signature();
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> operands = Operands.on(device, call, formula.inputs());
    Shape shape = terms.checked(call, operands);
    double[] numbers = formula.numbers(call);
    Axes axes = Axes.all(shape);
    return Outputs.of(sums.compute(formula.value(), axes, divisor(shape), operands, numbers))
        .saving(new Shapes(shape, operands.stream().map(Tensor::shape).toList()));
  }

  private double divisor(Shape terms) {
    return divides ? terms.size() : 1;
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Shapes shapes = call.saved(Shapes.class);
    Tensor cotangent = Operands.on(device, call.cotangent());
    Tensor each =
        divides
            ? elements.compute(DIVIDED, Shape.SCALAR, List.of(cotangent), divisor(shapes.terms()))
            : cotangent;
    return terms.gradients(call, each, shapes.terms(), shapes.inputs());
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor direction = terms.along(call);
    Shape shape = direction.shape();
    return Outputs.of(sums.compute(ITSELF, Axes.all(shape), divisor(shape), List.of(direction)));
  }
}
