package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.fakes.CountedValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificationTest {

  private static final List<Sample> SAMPLES = List.of(Sample.of(Tensor.random(3)));

  @Test
  void counts_add_up_over_operators() {
    Certificate certificate =
        Certification.create()
            .operator("acme.softplus", new SoftplusTest.Softplus(), SAMPLES)
            .operator("acme.other", new SoftplusTest.Softplus(), SAMPLES)
            .run();
    assertThat(certificate.isGranted()).as(certificate.toString()).isTrue();
    assertThat(certificate.operators()).isEqualTo(2);
    assertThat(certificate.checks())
        .isEqualTo(
            certificate.passed()
                + certificate.failed()
                + certificate.inconclusive()
                + certificate.untested()
                + certificate.skipped());
    assertThat(certificate.results())
        .extracting(CheckResult::operator)
        .contains("acme.softplus", "acme.other");
  }

  @Test
  void operator_without_samples_is_untested_with_a_remedy() {
    Certificate certificate =
        Certification.create()
            .operator("acme.softplus", new SoftplusTest.Softplus(), List.of())
            .run();
    assertThat(certificate.isGranted()).isFalse();
    assertThat(certificate.failed()).isZero();
    assertThat(certificate.untested()).isEqualTo(1);
    assertThat(certificate.unproven()).containsExactly("acme.softplus");
    assertThat(certificate.results().getFirst().rule()).isEqualTo(Rule.PROOF);
    assertThat(certificate.toString()).contains("no sample", "registrar.operator(..).samples(");
  }

  @Test
  void operator_on_values_without_known_numbers_is_not_proven() {
    Certificate certificate =
        Certification.create()
            .operator(
                "acme.counted",
                Written.squareOfCountedValues(),
                List.of(Sample.of(CountedValue.of(1.5))))
            .configure(checker -> checker.only(Rule.DIFFERENCES))
            .run();
    assertThat(certificate.failed()).isZero();
    assertThat(certificate.isGranted()).isFalse();
    assertThat(certificate.unproven()).containsExactly("acme.counted");
  }

  @Test
  void samples_that_cannot_be_made_fail_their_operator_only() {
    Certificate certificate =
        Certification.create()
            .operator(
                "acme.lost",
                new SoftplusTest.Softplus(),
                () -> {
                  throw new NoClassDefFoundError("acme/Data");
                })
            .operator("acme.softplus", new SoftplusTest.Softplus(), SAMPLES)
            .run();
    assertThat(certificate.isGranted()).isFalse();
    assertThat(certificate.failed()).isEqualTo(1);
    assertThat(certificate.toString()).contains("its samples cannot be made", "acme/Data");
    assertThat(certificate.reports().getLast().passed()).isTrue();
  }

  @Test
  void operator_that_lacks_a_class_fails_and_the_others_are_checked() {
    Written lost =
        new Written(
            Written.unary("test.lost"),
            c -> {
              throw new NoClassDefFoundError("acme/Kernel");
            },
            c -> Gradients.of(c.cotangent()));
    Certificate certificate =
        Certification.create()
            .operator("test.lost", lost, SAMPLES)
            .operator("acme.softplus", new SoftplusTest.Softplus(), SAMPLES)
            .run();
    assertThat(certificate.toString()).contains("acme/Kernel");
    assertThat(certificate.reports().getLast().passed()).isTrue();
  }

  @Test
  void operator_without_a_gradient_is_skipped() {
    Written plain =
        new Written(
            Signature.named("test.ramp").auxiliary("n", Integer.class).output("y").build(),
            c -> Outputs.of(Tensor.zeros(Shape.of(c.integer("n")), DataType.FLOAT64)),
            c -> Gradients.of());
    Certificate certificate =
        Certification.create().operator("test.ramp", plain, List.of(Sample.of(3))).run();
    assertThat(certificate.isGranted()).as(certificate.toString()).isTrue();
    assertThat(certificate.results())
        .filteredOn(r -> r.rule() == Rule.PROOF)
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.SKIPPED);
  }

  @Test
  void progress_sees_every_result_in_order() {
    List<CheckResult> seen = new ArrayList<>();
    Certificate certificate =
        Certification.create()
            .operator("acme.softplus", new SoftplusTest.Softplus(), SAMPLES)
            .types(DataType.FLOAT64)
            .seed(3)
            .progress(seen::add)
            .run();
    assertThat(seen).isEqualTo(certificate.results());
    assertThat(seen).extracting(CheckResult::seed).containsOnly(3L);
    assertThat(seen).extracting(CheckResult::type).containsOnly(DataType.FLOAT64);
  }
}
