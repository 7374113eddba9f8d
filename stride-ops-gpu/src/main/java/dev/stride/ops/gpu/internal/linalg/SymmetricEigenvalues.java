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
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Precision;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The eigenvalues of symmetric matrices, on a device; of ports and meaning as {@code
 * stride.symmetric-eigenvalues} of the standard pack. The adjoint waits for whether eigenvalues
 * meet. Saves the eigenvalues and eigenvectors in the widest type. Stateless.
 */
final class SymmetricEigenvalues implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.symmetric-eigenvalues")
          .input("a")
          .output("y")
          .adjointNeeds("a")
          .build();

  private static final Code PRODUCT = Code.of("a * b", "a", "b");

  private final ComputeDevice device;
  private final Precision precision;
  private final Matrix matrix;
  private final Elements elements;

  SymmetricEigenvalues(ComputeDevice device) {
    this.device = device;
    this.precision = new Precision(device, SIGNATURE.name());
    this.matrix = new Matrix(device, SIGNATURE.name());
    this.elements = new Elements(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.apart(4, 4)).scaled(0.01),
        Sample.of(Wells.apart(2, 1, 3, 3)).scaled(0.01).described("a stack"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Spectrum spectrum = spectrum(call, a);
    Tensor values = precision.narrow(device.copy(spectrum.values()), a.dataType());
    return Outputs.of(values).saving(spectrum);
  }

  private Spectrum spectrum(OperatorCall call, Tensor a) {
    Stacks.checkSquare(call, "a", a.shape());
    try (Scratch scratch = new Scratch()) {
      Tensor symmetric = scratch.keep(matrix.symmetric(precision.wide(a, scratch)));
      return Spectrum.of(device, SIGNATURE.name(), symmetric);
    }
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Spectrum spectrum = call.saved(Spectrum.class);
    Tensor g = Operands.on(device, call.cotangent());
    spectrum.checkGaps(call, g.toDoubleArray());
    try (Scratch scratch = new Scratch()) {
      Shape shape = spectrum.vectors().shape();
      Shape each = Stacks.with(Stacks.batch(shape), shape.extent(-1), 1);
      Tensor factors = precision.wide(g, scratch).reshape(each);
      Tensor scaled =
          scratch.keep(elements.compute(PRODUCT, shape, List.of(spectrum.vectors(), factors)));
      Tensor whole = scratch.keep(matrix.times(spectrum.vectors(), true, scaled, false));
      return Gradients.of(precision.narrow(matrix.symmetric(whole), g.dataType()));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Tensor direction = Operands.on(device, call.direction("a"));
    Spectrum spectrum = spectrum(call, a);
    spectrum.checkGaps(call);
    try (Scratch scratch = new Scratch()) {
      scratch.keep(spectrum.values());
      Tensor vectors = scratch.keep(spectrum.vectors());
      Tensor change = scratch.keep(matrix.symmetric(precision.wide(direction, scratch)));
      Tensor left = scratch.keep(matrix.times(vectors, change));
      Tensor seen = scratch.keep(matrix.times(left, false, vectors, true));
      return Outputs.of(precision.narrow(matrix.diagonal(seen), a.dataType()));
    }
  }
}
