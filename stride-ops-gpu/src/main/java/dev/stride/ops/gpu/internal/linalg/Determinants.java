package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Axes;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.kernel.Reduction;
import dev.stride.ops.gpu.internal.kernel.Views;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Precision;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * Determinants of matrices, or their logarithms and signs, on a device; of ports and meaning as
 * {@code stride.determinant} and {@code stride.logdet} of the standard pack.
 *
 * <p>For a cotangent {@code g} the adjoint is {@code g a^-T}, times the determinant for that
 * itself; it waits for whether a matrix is singular. Saves the factors. Stateless.
 */
final class Determinants implements DeviceCode {

  private static final Code PRODUCT = Code.of("a * b", "a", "b");
  private static final Code SCALED = Code.of("a * (b * c)", "a", "b", "c");

  private final Signature signature;
  private final boolean logarithm;
  private final ComputeDevice device;
  private final Precision precision;
  private final Matrix matrix;
  private final Elements elements;
  private final Reduction sums;
  private final Views views;

  private Determinants(Signature signature, boolean logarithm, ComputeDevice device) {
    this.signature = signature;
    this.logarithm = logarithm;
    this.device = device;
    this.precision = new Precision(device, signature.name());
    this.matrix = new Matrix(device, signature.name());
    this.elements = new Elements(device, signature.name());
    this.sums = new Reduction(device, signature.name());
    this.views = new Views(device, signature.name());
  }

  static Determinants determinant(ComputeDevice device) {
    Signature signature =
        Signature.named("stride.determinant")
            .input("a")
            .output("y")
            .adjointNeeds("a")
            .keepsOutputs("y")
            .build();
    return new Determinants(signature, false, device);
  }

  static Determinants logarithm(ComputeDevice device) {
    Signature signature =
        Signature.named("stride.logdet")
            .input("a")
            .output("y")
            .output("sign")
            .adjointNeeds("a")
            .build();
    return new Determinants(signature, true, device);
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.matrices(3, 3)),
        Sample.of(Wells.matrices(2, 1, 2, 2).times(-1)).described("a stack"));
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Factors factors = factors(call, a);
    return (logarithm
            ? Outputs.of(narrow(factors, 1, a), narrow(factors, 2, a))
            : Outputs.of(narrow(factors, 0, a)))
        .saving(factors);
  }

  private Factors factors(OperatorCall call, Tensor a) {
    Stacks.checkSquare(call, "a", a.shape());
    try (Scratch scratch = new Scratch()) {
      return Factors.of(device, signature.name(), precision.wide(a, scratch));
    }
  }

  private Tensor narrow(Factors factors, int which, Tensor like) {
    return precision.narrow(value(factors, which), like.dataType());
  }

  /** One of the values of factors, for all matrices. */
  private Tensor value(Factors factors, int which) {
    Shape batch = Stacks.batch(factors.lu().shape());
    return views.copy(factors.values(), batch, which * batch.size(), Views.rowMajor(batch));
  }

  /** {@code factor a^-T} of each matrix, in the widest type. */
  private Tensor gradient(OperatorCall call, Factors factors, Tensor factor, Scratch scratch) {
    factors.checked(call);
    Shape shape = factors.lu().shape();
    Shape each = Stacks.with(Stacks.batch(shape), 1, 1);
    Tensor identity = scratch.keep(matrix.identity(shape.extent(-1), precision.type()));
    Tensor turned = scratch.keep(factors.solve(identity, true));
    Tensor scaled = factor.reshape(each);
    return logarithm
        ? elements.compute(PRODUCT, shape, List.of(turned, scaled))
        : elements.compute(
            SCALED, shape, List.of(turned, scaled, scratch.keep(value(factors, 0)).reshape(each)));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor g = Operands.on(device, call.cotangent("y"));
    try (Scratch scratch = new Scratch()) {
      Tensor gradient =
          gradient(call, call.saved(Factors.class), precision.wide(g, scratch), scratch);
      return Gradients.of(precision.narrow(gradient, g.dataType()));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Tensor direction = Operands.on(device, call.direction("a"));
    try (Scratch scratch = new Scratch()) {
      Factors factors = factors(call, a);
      Shape batch = Stacks.batch(a.shape());
      Tensor ones = scratch.keep(device.filled(batch, precision.type(), 1));
      Tensor slopes = scratch.keep(gradient(call, factors, ones, scratch));
      factors.release(scratch);
      List<Tensor> operands = List.of(slopes, precision.wide(direction, scratch));
      Tensor change = sums.compute(PRODUCT, matrices(a.shape()), 1, operands);
      Tensor y = precision.narrow(change, a.dataType());
      return logarithm ? Outputs.of(y, device.filled(batch, a.dataType(), 0)) : Outputs.of(y);
    }
  }

  private static Axes matrices(Shape shape) {
    boolean[] removed = new boolean[shape.rank()];
    removed[shape.rank() - 1] = true;
    removed[shape.rank() - 2] = true;
    return Axes.of(shape, removed, false);
  }
}
