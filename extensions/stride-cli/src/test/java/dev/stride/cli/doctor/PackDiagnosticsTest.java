package dev.stride.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.spi.Diagnostic;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PackDiagnosticsTest {

  private record Seeing(List<Diagnostic> diagnose) implements OperatorPack {
    @Override
    public String id() {
      return "acme.seeing";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      throw new AssertionError("a diagnosis registers nothing");
    }
  }

  private record Found(Supplier<OperatorPack> pack)
      implements ServiceLoader.Provider<OperatorPack> {
    @Override
    public Class<? extends OperatorPack> type() {
      return Seeing.class;
    }

    @Override
    public OperatorPack get() {
      return pack.get();
    }
  }

  @Test
  void findings_are_good_unless_there_is_a_remedy() {
    Diagnostic device = new Diagnostic("acme", "one device", "");
    Diagnostic problem = new Diagnostic("acme", "another is broken", "Mend it.");
    List<Finding> findings =
        PackDiagnostics.findings(List.of(new Found(() -> new Seeing(List.of(device, problem)))));

    assertThat(findings)
        .containsExactly(
            Finding.good("acme", "one device"),
            Finding.limited("acme", "another is broken", "Mend it."));
  }

  @Test
  void broken_pack_is_a_finding_and_the_others_are_asked() {
    Diagnostic device = new Diagnostic("acme", "one device", "");
    Supplier<OperatorPack> broken =
        () -> {
          throw new NoClassDefFoundError("gone");
        };
    List<Finding> findings =
        PackDiagnostics.findings(
            List.of(new Found(broken), new Found(() -> new Seeing(List.of(device)))));

    assertThat(findings).extracting(Finding::topic).containsExactly("pack", "acme");
    assertThat(findings.getFirst().detail()).contains("Seeing", "gone");
  }
}
