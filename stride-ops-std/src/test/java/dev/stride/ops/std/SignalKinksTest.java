package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the documentation says of gradients where signals vanish, or nearly overflow. */
class SignalKinksTest {

  private static final Tensor TRACE = Tensor.of(1.0, 3, -2, 0.5, 4, -1, 2);

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void envelope_of_zeros_has_gradient_zero_recorded_or_not() {
    Variable<Tensor> x = stride.parameter(Tensor.of(Shape.of(2, 3), 0.0, 0, 0, 1, 2, 4));
    Variable<Tensor> sum = stride.operator("envelope").call(x).sum();
    Tensor recorded = recorded(sum, x).get();
    Tensor numeric = Engines.gradient(sum, x);
    assertThat(firstRow(numeric)).isEqualTo(Tensor.of(0.0, 0, 0));
    assertThat(firstRow(recorded)).isEqualTo(Tensor.of(0.0, 0, 0));
    for (int i = 3; i < 6; i++) {
      assertThat(recorded.at(i)).isCloseTo(numeric.at(i), within(1e-14));
    }
  }

  @Test
  void gradient_of_the_gradient_of_an_envelope_of_zeros_is_zero() {
    Variable<Tensor> x = stride.parameter(Tensor.of(0.0, 0, 0));
    Variable<Tensor> sum = stride.operator("envelope").call(x).sum();
    Variable<Tensor> gradient = recorded(sum, x);
    assertThat(Engines.gradient(gradient.times(gradient).sum(), x)).isEqualTo(Tensor.of(0.0, 0, 0));
  }

  @Test
  void recorded_gradient_of_a_phase_neither_overflows_nor_underflows() {
    for (double scale : new double[] {1e-200, 1e200}) {
      Variable<Tensor> x = stride.parameter(TRACE.times(scale));
      Variable<Tensor> weights = stride.variable(TRACE.map(Math::sin));
      Variable<Tensor> loss = stride.operator("instantaneous-phase").call(x).times(weights).sum();
      Tensor recorded = recorded(loss, x).get();
      Tensor numeric = Engines.gradient(loss, x);
      for (int i = 0; i < TRACE.size(); i++) {
        assertThat(recorded.at(i) * scale)
            .as("sample %s at scale %s", i, scale)
            .isCloseTo(numeric.at(i) * scale, within(1e-13));
      }
      assertThat(numeric.at(0)).isNotZero();
    }
  }

  private Variable<Tensor> recorded(Variable<Tensor> loss, Variable<Tensor> leaf) {
    return stride.recordedGradients(loss, leaf).get(0);
  }

  private static Tensor firstRow(Tensor rows) {
    return Tensor.of(rows.at(0), rows.at(1), rows.at(2));
  }
}
