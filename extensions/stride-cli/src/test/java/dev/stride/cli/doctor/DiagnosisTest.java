package dev.stride.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.StrideException;
import dev.stride.core.Discovery;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

  @Test
  void machine_findings_cover_every_topic_and_name_a_remedy_unless_good() {
    List<Finding> findings = Diagnosis.ofMachine();
    assertThat(findings)
        .extracting(Finding::topic)
        .startsWith("jdk", "vectors", "memory", "cores", "fonts", "opencl")
        .containsOnly("jdk", "vectors", "memory", "cores", "fonts", "opencl");
    assertThat(findings)
        .allSatisfy(finding -> {
          assertThat(finding.detail()).isNotBlank();
          assertThat(finding.remedy().isEmpty()).isEqualTo(finding.state() == Finding.State.GOOD);
        });
  }

  @Test
  void vector_unit_is_found_as_tests_run_with_its_module() {
    assertThat(VectorUnit.finding().state()).isEqualTo(Finding.State.GOOD);
    assertThat(VectorUnit.finding().detail()).containsPattern("\\d+ float32 lanes of \\d+ bits");
  }

  @Test
  void unavailable_and_broken_packs_are_limits_with_their_reasons() {
    Discovery discovery =
        new Discovery(
            List.of(
                new Discovery.Pack(
                    "acme.gpu",
                    "1",
                    "acme.jar",
                    new Discovery.Unavailable("no device", "Buy one."),
                    new Discovery.Uncertified()),
                new Discovery.Pack(
                    "acme.old",
                    "2",
                    "old.jar",
                    new Discovery.Broken("loading it", new LinkageError("gone")),
                    new Discovery.Uncertified())),
            List.of(),
            List.of());
    List<Finding> findings = Diagnosis.ofPacks(discovery);
    assertThat(findings).hasSize(3);
    assertThat(findings.get(0).lines().toString()).contains("no device", "Buy one.");
    assertThat(findings.get(1).detail()).contains("loading it", "gone");
    assertThat(findings.get(2).state()).isEqualTo(Finding.State.MISSING);
  }

  @Test
  void failure_of_the_engine_is_a_finding() {
    Finding finding = Diagnosis.ofFailure(new StrideException("TwoPacks", "a.jar and b.jar"));
    assertThat(finding.state()).isEqualTo(Finding.State.MISSING);
    assertThat(finding.json()).containsEntry("state", "missing").containsKey("remedy");
    assertThat(finding.detail()).contains("a.jar and b.jar");
  }
}
