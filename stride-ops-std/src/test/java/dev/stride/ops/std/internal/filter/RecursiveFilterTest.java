package dev.stride.ops.std.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.me.berndporr.iirj.Butterworth;

class RecursiveFilterTest {

  private static final double HALF_POWER = Math.sqrt(0.5);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void lowPass_has_the_magnitude_of_the_formula(int order) {
    double cut = 0.12;
    RecursiveFilter filter = RecursiveFilter.butterworth(order, null, cut);
    for (double f = 0.01; f < 0.5; f += 0.03) {
      double ratio = Math.tan(Math.PI * f) / Math.tan(Math.PI * cut);
      double expected = 1 / Math.sqrt(1 + Math.pow(ratio, 2 * order));
      assertThat(filter.magnitude(f)).isCloseTo(expected, within(1e-12));
    }
    assertThat(filter.magnitude(0)).isCloseTo(1, within(1e-12));
    assertThat(filter.magnitude(cut)).isCloseTo(HALF_POWER, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8})
  void highPass_has_the_magnitude_of_the_formula(int order) {
    double cut = 0.2;
    RecursiveFilter filter = RecursiveFilter.butterworth(order, cut, null);
    for (double f = 0.01; f < 0.5; f += 0.03) {
      double ratio = Math.tan(Math.PI * cut) / Math.tan(Math.PI * f);
      double expected = 1 / Math.sqrt(1 + Math.pow(ratio, 2 * order));
      assertThat(filter.magnitude(f)).isCloseTo(expected, within(1e-12));
    }
    assertThat(filter.magnitude(0)).isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8})
  void bandPass_has_the_magnitude_of_the_formula(int order) {
    for (double[] band : new double[][] {{0.02, 0.1}, {0.1, 0.12}, {0.001, 0.45}}) {
      RecursiveFilter filter = RecursiveFilter.butterworth(order, band[0], band[1]);
      double low = Math.tan(Math.PI * band[0]);
      double high = Math.tan(Math.PI * band[1]);
      for (double f = 0.004; f < 0.5; f += 0.017) {
        double w = Math.tan(Math.PI * f);
        double ratio = (w * w - low * high) / (w * (high - low));
        double expected = 1 / Math.sqrt(1 + Math.pow(ratio * ratio, order));
        assertThat(filter.magnitude(f)).isCloseTo(expected, within(1e-9));
      }
      assertThat(filter.magnitude(band[0])).isCloseTo(HALF_POWER, within(1e-9));
      assertThat(filter.magnitude(band[1])).isCloseTo(HALF_POWER, within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6})
  void forward_agrees_with_another_library(int order) {
    Butterworth low = new Butterworth();
    low.lowPass(order, 1, 0.11);
    Butterworth high = new Butterworth();
    high.highPass(order, 1, 0.07);
    double[] mine = impulse(200);
    RecursiveFilter.butterworth(order, null, 0.11).forward(mine);
    RecursiveFilter.butterworth(order, 0.07, null).forward(mine);
    double[] theirs = impulse(200);
    Arrays.setAll(theirs, i -> high.filter(low.filter(theirs[i])));
    assertThat(mine).containsExactly(theirs, within(1e-12));
  }

  @Test
  void bandPass_agrees_with_its_response_on_a_long_sine() {
    RecursiveFilter filter = RecursiveFilter.butterworth(3, 0.03, 0.1);
    double[] sine = new double[4000];
    Arrays.setAll(sine, i -> Math.sin(2 * Math.PI * 0.05 * i));
    filter.forward(sine);
    double peak = Arrays.stream(sine, 3000, 4000).max().orElseThrow();
    assertThat(peak).isCloseTo(filter.magnitude(0.05), within(1e-3));
  }

  @Test
  void forward_is_causal_and_starts_at_rest() {
    RecursiveFilter filter = RecursiveFilter.butterworth(4, 0.05, 0.2);
    double[] late = new double[50];
    late[20] = 1;
    filter.forward(late);
    assertThat(Arrays.copyOf(late, 20)).containsOnly(0);
    double[] early = impulse(30);
    filter.forward(early);
    assertThat(Arrays.copyOfRange(late, 20, 50)).containsExactly(early, within(1e-15));
  }

  @Test
  void butterworth_without_cutoff_passes_everything() {
    double[] trace = {3, -1, 2};
    RecursiveFilter.butterworth(4, null, null).forward(trace);
    assertThat(trace).containsExactly(3, -1, 2);
  }

  private static double[] impulse(int length) {
    double[] trace = new double[length];
    trace[0] = 1;
    return trace;
  }
}
