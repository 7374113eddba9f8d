package dev.stride.ops.std;

import static dev.stride.ops.std.SampleAspect.EMPTY;
import static dev.stride.ops.std.SampleAspect.LARGE;
import static dev.stride.ops.std.SampleAspect.NOT_SQUARE;
import static dev.stride.ops.std.SampleAspect.ONE_ELEMENT;
import static dev.stride.ops.std.SampleAspect.RANK_0;
import static dev.stride.ops.std.SampleAspect.RANK_1;
import static dev.stride.ops.std.SampleAspect.RANK_2;
import static dev.stride.ops.std.SampleAspect.RANK_3;
import static dev.stride.ops.std.SampleAspect.RANK_4;
import static dev.stride.ops.std.SampleAspect.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The samples of every operator include one element and none, odd extents, extents that differ,
 * ranks 0 to 4, large numbers and small ones; but for those that have no meaning for it, each for a
 * reason.
 */
class SampleCoverageTest {

  /** Why some aspects have no meaning for some operators. */
  private record Exemption(String reason, Set<SampleAspect> aspects, Set<String> operators) {}

  private static Exemption because(String reason, Set<SampleAspect> aspects, String... operators) {
    return new Exemption(reason, aspects, Set.of(operators));
  }

  private static final List<Exemption> EXEMPTIONS =
      List.of(
          because("grows beyond float32 there", EnumSet.of(LARGE), "exp", "expm1", "sinh", "cosh"),
          because(
              "is constant there to rounding, so that nothing would be tested",
              EnumSet.of(LARGE),
              "atan",
              "tanh",
              "sigmoid",
              "softplus",
              "erf",
              "logsumexp",
              "softmax"),
          because(
              "turns faster than float32 numbers can tell apart",
              EnumSet.of(LARGE),
              "sin",
              "cos",
              "tan"),
          because("is not defined there", EnumSet.of(LARGE), "asin", "acos"),
          because("is checked up to 2, beyond which it is as log", EnumSet.of(LARGE), "log1p"),
          because("changes there by less than the rounding of 1", EnumSet.of(SMALL), "cos", "cosh"),
          because(
              "needs an axis to work along",
              EnumSet.of(RANK_0),
              "cumulative-sum",
              "slice",
              "concatenate",
              "split",
              "roll",
              "repeat",
              "gather",
              "scatter-add",
              "gradient",
              "laplacian",
              "interpolate",
              "inject",
              "tikhonov",
              "total-variation"),
          because(
              "needs an axis of time",
              EnumSet.of(RANK_0),
              "normalised-l2",
              "envelope-distance",
              "travel-time",
              "correlation-distance",
              "optimal-transport",
              "fft",
              "inverse-fft",
              "real-fft",
              "inverse-real-fft",
              "convolve",
              "correlate",
              "fir",
              "hilbert",
              "envelope",
              "instantaneous-phase",
              "resample",
              "resample-polyphase",
              "time-derivative",
              "time-integral",
              "window",
              "butterworth"),
          because("needs vectors or matrices", EnumSet.of(RANK_0), "matmul", "matvec"),
          because(
              "needs a matrix, beside which a vector may stand",
              EnumSet.of(RANK_0),
              "solve",
              "triangular-solve"),
          because(
              "needs matrices",
              EnumSet.of(RANK_0, RANK_1),
              "matrix-transpose",
              "triangle",
              "singular-values"),
          because(
              "needs square matrices",
              EnumSet.of(NOT_SQUARE, RANK_0, RANK_1),
              "cholesky",
              "inverse",
              "determinant",
              "logdet",
              "symmetric-eigenvalues"),
          because(
              "takes a vector of entries and one that is multiplied",
              EnumSet.of(NOT_SQUARE, RANK_0, RANK_2, RANK_3, RANK_4),
              "csr-matvec"),
          because("without entries it depends on nothing", EnumSet.of(EMPTY), "csr-matvec"),
          because("needs components along a first axis", EnumSet.of(RANK_0, RANK_1), "divergence"),
          because(
              "of one element it is 0 whatever that is",
              EnumSet.of(ONE_ELEMENT, RANK_0),
              "variance",
              "standard-deviation"),
          because(
              "of one element it is 1 whatever that is",
              EnumSet.of(ONE_ELEMENT, RANK_0),
              "softmax"),
          because(
              "of one sample it is 0 whatever that is",
              EnumSet.of(ONE_ELEMENT),
              "hilbert",
              "time-integral",
              "optimal-transport"),
          because(
              "of one number the imaginary part does not count",
              EnumSet.of(ONE_ELEMENT),
              "inverse-real-fft"),
          because(
              "one sample has no neighbour and no phase",
              EnumSet.of(ONE_ELEMENT),
              "travel-time",
              "time-derivative",
              "instantaneous-phase"),
          because(
              "one point has no difference to another",
              EnumSet.of(ONE_ELEMENT),
              "tikhonov",
              "total-variation"),
          because(
              "nothing has no edge to go on from",
              EnumSet.of(EMPTY),
              "pad-edge",
              "pad-reflect",
              "pad-mirror",
              "pad-absorbing"),
          because(
              "takes a velocity and wavelets of fixed ranks, in SI units",
              EnumSet.of(ONE_ELEMENT, EMPTY, RANK_0, RANK_1, RANK_4, LARGE, SMALL),
              "acoustic-wave"));

  private final Map<Operator<?>, List<Sample>> operators = RegisteredOperators.ofStandardPack();

  @TestFactory
  Stream<DynamicTest> samples_cover_what_has_a_meaning() {
    return operators.entrySet().stream()
        .map(entry ->
            dynamicTest(
                entry.getKey().name(),
                () -> {
                  Set<SampleAspect> missing = EnumSet.allOf(SampleAspect.class);
                  missing.removeAll(SampleAspect.covered(entry.getKey(), entry.getValue()));
                  missing.removeAll(exempt(entry.getKey().name()));
                  assertThat(missing).isEmpty();
                }));
  }

  @TestFactory
  Stream<DynamicTest> no_exemption_is_without_need() {
    return operators.entrySet().stream()
        .map(entry ->
            dynamicTest(
                entry.getKey().name(),
                () ->
                    assertThat(exempt(entry.getKey().name()))
                        .doesNotContainAnyElementsOf(
                            SampleAspect.covered(entry.getKey(), entry.getValue()))));
  }

  @Test
  void exemptions_name_operators_that_there_are() {
    assertThat(EXEMPTIONS)
        .allSatisfy(exemption ->
            assertThat(operators.keySet().stream().map(Operator::name))
                .as(exemption.reason())
                .containsAll(
                    exemption.operators().stream().map(name -> "stride." + name).toList()));
  }

  private static Set<SampleAspect> exempt(String operator) {
    Set<SampleAspect> exempt = EnumSet.noneOf(SampleAspect.class);
    for (Exemption exemption : EXEMPTIONS) {
      if (exemption.operators().contains(operator.substring("stride.".length()))) {
        exempt.addAll(exemption.aspects());
      }
    }
    return exempt;
  }
}
