package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.List;

/** How much values from two devices may differ. */
final class Agreement {

  private Agreement() {}

  /**
   * Checks values against those expected: of one shape and type, equal where those are not finite,
   * and elsewhere within a tolerance of their norm.
   */
  static void requireClose(
      List<Tensor> actual, List<Tensor> expected, double tolerance, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      String which = what + ", value " + i;
      assertThat(actual.get(i).shape()).as(which).isEqualTo(expected.get(i).shape());
      assertThat(actual.get(i).dataType()).as(which).isEqualTo(expected.get(i).dataType());
      requireClose(
          actual.get(i).toDoubleArray(), expected.get(i).toDoubleArray(), tolerance, which);
    }
  }

  private static void requireClose(
      double[] actual, double[] expected, double tolerance, String what) {
    double squares = 0;
    double all = 0;
    List<String> different = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      if (Double.isFinite(expected[i])) {
        squares += (actual[i] - expected[i]) * (actual[i] - expected[i]);
        all += expected[i] * expected[i];
      }
      if (Double.isFinite(expected[i]) != Double.isFinite(actual[i])
          || (!Double.isFinite(expected[i]) && Double.compare(expected[i], actual[i]) != 0)) {
        different.add(i + ": " + actual[i] + " for " + expected[i]);
      }
    }
    assertThat(different).as(what).isEmpty();
    assertThat(Math.sqrt(squares)).as(what).isLessThanOrEqualTo(tolerance * Math.sqrt(all));
  }
}
