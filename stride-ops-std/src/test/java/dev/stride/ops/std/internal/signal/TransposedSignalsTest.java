package dev.stride.ops.std.internal.signal;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import dev.stride.ops.std.internal.fft.Fourier;
import dev.stride.ops.std.internal.operator.Singles;
import org.junit.jupiter.api.Test;

/** The transposes that gradients of gradients of transforms are made of. */
class TransposedSignalsTest {

  private final Fourier fourier = new Fourier();
  private final Tensor half = Singles.normal(Shape.of(2, 5));
  private final Tensor whole = Singles.normal(Shape.of(2, 8));

  @Test
  void transposed_transforms_keep_the_contract() {
    Contracts.prove(
        new TransposedPairOperator(new ComplexFourier(fourier, true)),
        Sample.of(whole, whole.map(Math::sin), whole));
    Contracts.prove(
        new TransposedPairOperator(new RealFourier(fourier)),
        Sample.of(half, half.map(Math::sin), whole));
    Contracts.prove(
        new TransposedPairOperator(new InverseRealFourier(fourier)), Sample.of(whole, half, 8));
  }
}
