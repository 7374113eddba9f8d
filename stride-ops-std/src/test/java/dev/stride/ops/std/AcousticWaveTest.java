package dev.stride.ops.std;

import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.OperatorContract;
import java.util.stream.Stream;

/** The contract of operators, at small rough models in 2D and 3D of all orders. */
class AcousticWaveTest extends OperatorContract {

  @Override
  protected Operator<?> operator() {
    return new AcousticWave();
  }

  @Override
  protected Stream<Sample> samples() {
    return AcousticWave.samples().stream();
  }
}
