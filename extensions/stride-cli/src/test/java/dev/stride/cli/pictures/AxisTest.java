package dev.stride.cli.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void ticks_are_at_round_numbers() {
    Axis axis = Axis.linear("x (mm)", new Range(-100.5, 100.5));
    assertThat(axis.ticks(8))
        .extracting(Axis.Tick::text)
        .containsExactly("\u2212100", "\u221250", "0", "50", "100");
    assertThat(axis.ticks(8).get(2).position()).isEqualTo(0.5);
  }

  @Test
  void ticks_of_small_steps_keep_their_digits() {
    assertThat(Axis.linear("t", new Range(0, 0.3)).ticks(6))
        .extracting(Axis.Tick::text)
        .containsExactly("0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3");
  }

  @Test
  void logarithmic_ticks_name_decades_and_mark_what_is_between() {
    Axis axis = Axis.logarithmic("loss", new Range(0.01, 10));
    assertThat(axis.ticks(8))
        .filteredOn(tick -> !tick.text().isEmpty())
        .extracting(Axis.Tick::text)
        .containsExactly("0.01", "0.1", "1", "10");
    assertThat(axis.ticks(8)).hasSize(28);
    assertThat(axis.position(0.1)).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void logarithmic_axis_from_zero_is_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Axis.logarithmic("loss", new Range(0, 1)))
        .withMessageContaining("'loss'");
  }

  @Test
  void range_of_equal_values_is_one_wide_and_of_none_is_zero_to_one() {
    assertThat(Range.of(new float[] {3, 3})).isEqualTo(new Range(2.5, 3.5));
    assertThat(Range.of(new float[] {Float.NaN})).isEqualTo(new Range(0, 1));
  }

  @Test
  void symmetric_range_is_as_wide_below_zero_as_above() {
    assertThat(Range.symmetric(new float[] {-1, 5, 2})).isEqualTo(new Range(-5, 5));
    assertThat(Range.symmetric(new float[3])).isEqualTo(new Range(-0.5, 0.5));
    float[] peak = new float[100];
    Arrays.fill(peak, 2);
    peak[17] = 1000;
    assertThat(Range.symmetric(peak, 0.98)).isEqualTo(new Range(-2, 2));
  }
}
