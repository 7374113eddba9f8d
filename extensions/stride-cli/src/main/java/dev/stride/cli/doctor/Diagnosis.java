package dev.stride.cli.doctor;

import dev.stride.api.StrideException;
import dev.stride.cli.pictures.PictureFile;
import dev.stride.core.Discovery;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Looks at the machine and at what was discovered. Stateless. */
public final class Diagnosis {

  private static final int JDK = 25;
  private static final double GIB = 1 << 30;
  private static final double COMFORTABLE_HEAP = 2;

  private Diagnosis() {}

  /** JDK, vector unit, heap, cores and fonts, and what the packs see. */
  public static List<Finding> ofMachine() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(List.of(jdk(), VectorUnit.finding(), memory(), cores(), fonts()));
    findings.addAll(PackDiagnostics.findings());
    return findings;
  }

  /** Each pack and, where it is not in use, why. */
  public static List<Finding> ofPacks(Discovery discovery) {
    List<Finding> findings = new ArrayList<>();
    for (Discovery.Pack pack : discovery.packs()) {
      long operators =
          discovery.operators().stream().filter(e -> e.pack().equals(pack.id())).count();
      String what = pack.id() + " " + pack.version() + ": ";
      findings.add(
          switch (pack.status()) {
            case Discovery.Available available ->
                Finding.good("pack", what + operators + " operators");
            case Discovery.Unavailable(String reason, String remedy) ->
                Finding.limited("pack", what + reason, remedy);
            case Discovery.Broken(String reason, Throwable cause) ->
                Finding.limited("pack", what + reason + ": " + cause, "Update or remove the pack.");
          });
    }
    if (discovery.operators().isEmpty()) {
      findings.add(
          Finding.missing(
              "operators", "none found", "Put stride-ops-std on the class path or module path."));
    }
    return findings;
  }

  /** What the engine says that does not start, such as packs that contradict each other. */
  public static Finding ofFailure(StrideException failure) {
    return Finding.missing(
        "engine",
        "does not start: " + failure.getMessage(),
        "Take what the message names off the class path.");
  }

  private static Finding jdk() {
    Runtime.Version version = Runtime.version();
    String detail =
        "%s %s, %s, in %s"
            .formatted(
                System.getProperty("java.vm.name"),
                version,
                System.getProperty("java.vendor"),
                System.getProperty("java.home"));
    return version.feature() >= JDK
        ? Finding.good("jdk", detail)
        : Finding.missing("jdk", detail, "Install JDK " + JDK + " or set STRIDE_JAVA_HOME to one.");
  }

  private static Finding memory() {
    double heap = Runtime.getRuntime().maxMemory() / GIB;
    String detail = "the heap may take %.1f GiB%s".formatted(heap, machineMemory());
    return heap >= COMFORTABLE_HEAP
        ? Finding.good("memory", detail)
        : Finding.limited(
            "memory",
            detail,
            "Give the heap more for larger models, such as with STRIDE_JAVA_OPTS=-Xmx4g.");
  }

  private static String machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? ", the machine has %.1f GiB".formatted(machine.getTotalMemorySize() / GIB)
        : "";
  }

  private static Finding cores() {
    int cores = Runtime.getRuntime().availableProcessors();
    return cores > 1
        ? Finding.good("cores", cores + " processors")
        : Finding.limited("cores", "one processor", "Give the machine or the container more.");
  }

  private static Finding fonts() {
    try {
      PictureFile.requireFonts();
      return Finding.good("fonts", "text can be drawn into pictures");
    } catch (StrideException failure) {
      return Finding.missing(
          "fonts",
          "text cannot be drawn into pictures, which invert needs",
          "Install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core.");
    }
  }
}
