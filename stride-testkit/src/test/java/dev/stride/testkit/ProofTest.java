package dev.stride.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator is proven when the gradient of each of its inputs is. */
class ProofTest {

  private static final Tensor X = Tensor.of(0.5, 1.5, -2);
  private static final Tensor ZERO = Tensor.of(0.0, 0, 0);

  /** {@code a b}; where b is zero, nothing depends on a. */
  private static final Written PRODUCT =
      new Written(
          Written.binary("product"),
          c -> Outputs.of(c.tensor("a").times(c.tensor("b"))),
          c ->
              Gradients.builder()
                  .put("a", c.cotangent().times(c.tensor("b")))
                  .put("b", c.cotangent().times(c.tensor("a")))
                  .build());

  /** {@code x} plus a bias that may be left out, whose gradient is wrong. */
  private static final Written BIASED =
      new Written(
          Signature.named("test.biased")
              .input("x")
              .input(Port.of("bias").optional())
              .output("y")
              .build(),
          c ->
              Outputs.of(
                  c.has("bias") ? c.tensor("x").plus(c.tensor("bias")) : c.tensor("x").times(1)),
          c ->
              c.has("bias")
                  ? Gradients.builder()
                      .put("x", c.cotangent())
                      .put("bias", c.cotangent().times(3))
                      .build()
                  : Gradients.of(c.cotangent()));

  private static CheckResult proof(GradientChecker checker) {
    return checker.run().of(Rule.PROOF).getFirst();
  }

  @Test
  void input_that_nothing_depends_on_at_any_sample_is_not_proven() {
    CheckResult proof = proof(GradientChecker.of(PRODUCT).at(X, ZERO));
    assertThat(proof.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(proof.message())
        .contains("with respect to [a]")
        .contains("Give a sample that has it, and whose outputs depend on it");
  }

  @Test
  void another_sample_proves_the_input_that_one_leaves_vacuous() {
    Report report =
        GradientChecker.of(PRODUCT).at(List.of(Sample.of(X, ZERO), Sample.of(X, X))).run();
    assertThat(report.with(Verdict.FAIL)).as(report.toString()).isEmpty();
    assertThat(report.with(Verdict.INCONCLUSIVE)).as(report.toString()).isEmpty();
    assertThat(report.of(Rule.PROOF))
        .extracting(CheckResult::verdict)
        .containsExactly(Verdict.PASS);
  }

  @Test
  void check_that_passes_says_which_inputs_it_tells_nothing_about() {
    CheckResult differences =
        GradientChecker.of(PRODUCT).at(X, ZERO).run().of(Rule.DIFFERENCES).getFirst();
    assertThat(differences.verdict()).isEqualTo(Verdict.PASS);
    assertThat(differences.message()).contains("depend on [a] here");
    assertThat(differences.ports()).filteredOn(PortFigures::isVacuous).hasSize(1);
  }

  @Test
  void optional_input_that_no_sample_gives_is_not_proven() {
    CheckResult proof = proof(GradientChecker.of(BIASED).at(X));
    assertThat(proof.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(proof.message()).contains("[bias]");
  }

  @Test
  void one_rule_alone_is_asked_for_the_inputs_that_it_looks_at() {
    Written linear =
        new Written(
            Signature.named("test.linear-in-one")
                .input("a")
                .input("b")
                .linearIn("a")
                .output("y")
                .build(),
            c -> Outputs.of(c.tensor("a").times(c.tensor("b")).times(c.tensor("b"))),
            c -> {
              Tensor b = c.tensor("b");
              return Gradients.builder()
                  .put("a", c.cotangent().times(b).times(b))
                  .put("b", c.cotangent().times(c.tensor("a")).times(b).times(2))
                  .build();
            });
    GradientChecker dotTest = GradientChecker.of(linear).at(X, X).only(Rule.DOT_TEST, Rule.PROOF);
    assertThat(proof(dotTest).verdict()).isEqualTo(Verdict.PASS);
  }
}
