package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DifferentiableOperator;
import dev.stride.api.Operator;
import dev.stride.api.spi.Sample;
import dev.stride.core.Stride;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operator of the pack keeps the operator contract at every sample, in both types. */
class StandardPackContractTest {

  /** Differentiated once only. */
  private static final String WAVE = "stride.acoustic-wave";

  private final Map<Operator<?>, List<Sample>> operators = RegisteredOperators.ofStandardPack();

  @TestFactory
  Stream<DynamicTest> every_operator_keeps_the_contract_at_its_samples() {
    return Contracts.of(operators);
  }

  @Test
  void every_operator_has_three_samples_or_more() {
    assertThat(operators)
        .allSatisfy((operator, samples) ->
            assertThat(samples).as(operator.name()).hasSizeGreaterThanOrEqualTo(3));
  }

  @Test
  void every_operator_but_the_wave_can_be_differentiated_twice() {
    assertThat(operators.keySet())
        .allSatisfy(operator ->
            assertThat(operator instanceof DifferentiableOperator || operator.name().equals(WAVE))
                .as(operator.name())
                .isTrue());
  }

  @Test
  void names_are_those_of_the_namespace() {
    assertThat(operators.keySet().stream().map(Operator::name))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("stride."))
        .contains("stride.add", "stride.subtract", "stride.multiply", "stride.divide")
        .contains("stride.scale", "stride.power", "stride.exp", "stride.log", "stride.sqrt")
        .contains("stride.sum", "stride.mean", "stride.dot", "stride.matmul", "stride.reshape")
        .contains("stride.slice", "stride.concatenate", "stride.split", "stride.l2-distance")
        .contains("stride.product", "stride.max", "stride.min", "stride.norm", "stride.variance")
        .contains("stride.standard-deviation", "stride.logsumexp", "stride.softmax")
        .contains("stride.cumulative-sum", "stride.transpose", "stride.flip", "stride.roll")
        .contains("stride.repeat", "stride.broadcast", "stride.gather", "stride.scatter-add")
        .contains("stride.stack", "stride.cast", "stride.pad-constant", "stride.pad-reflect")
        .contains("stride.matvec", "stride.outer", "stride.solve", "stride.triangular-solve")
        .contains("stride.cholesky", "stride.inverse", "stride.determinant", "stride.logdet")
        .contains("stride.symmetric-eigenvalues", "stride.singular-values", "stride.csr-matvec")
        .contains("stride.fft")
        .contains("stride.inverse-fft", "stride.real-fft", "stride.inverse-real-fft")
        .contains("stride.convolve", "stride.correlate", "stride.fir", "stride.hilbert")
        .contains("stride.envelope", "stride.instantaneous-phase", "stride.time-derivative")
        .contains("stride.time-integral", "stride.window", "stride.resample", "stride.time-shift")
        .contains("stride.gradient", "stride.divergence", "stride.laplacian", "stride.resize")
        .contains("stride.pad-mirror", "stride.pad-absorbing", "stride.mask", "stride.interpolate")
        .contains("stride.inject", "stride.tikhonov", "stride.total-variation")
        .contains("stride.l1-distance", "stride.huber", "stride.student-t", "stride.bound-barrier")
        .contains("stride.normalised-l2", "stride.correlation-distance", "stride.travel-time")
        .contains("stride.envelope-distance", "stride.optimal-transport")
        .contains("stride.resample-polyphase")
        .contains("stride.pad-edge", "stride.gaussian-smooth", "stride.butterworth", WAVE);
  }

  @Test
  void the_pack_is_found_as_a_service() {
    try (Stride stride = Stride.create()) {
      assertThat(stride.discovery().pack("stride.std"))
          .hasValueSatisfying(pack -> assertThat(pack.isAvailable()).isTrue());
    }
  }
}
