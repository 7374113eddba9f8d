package dev.stride.cli.doctor;

import dev.stride.api.spi.Diagnostic;
import dev.stride.api.spi.OperatorPack;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Asks every pack, whether or not an engine could use it, what it sees of the machine. */
final class PackDiagnostics {

  private PackDiagnostics() {}

  static List<Finding> findings() {
    return findings(ServiceLoader.load(OperatorPack.class).stream().toList());
  }

  static List<Finding> findings(
      List<? extends ServiceLoader.Provider<? extends OperatorPack>> packs) {
    List<Finding> findings = new ArrayList<>();
    for (ServiceLoader.Provider<? extends OperatorPack> pack : packs) {
      try {
        pack.get().diagnose().stream().map(PackDiagnostics::finding).forEach(findings::add);
      } catch (Throwable broken) { // The pack is listed with the others, as discovery sees it.
        findings.add(
            Finding.limited(
                "pack",
                pack.type().getName() + " cannot look at the machine: " + broken,
                "Update or remove the pack."));
      }
    }
    return findings;
  }

  private static Finding finding(Diagnostic seen) {
    return seen.remedy().isEmpty()
        ? Finding.good(seen.topic(), seen.detail())
        : Finding.limited(seen.topic(), seen.detail(), seen.remedy());
  }
}
