package dev.stride.cli;

import dev.stride.api.Device;
import dev.stride.api.StrideException;
import dev.stride.cli.terminal.Progress;
import dev.stride.cli.terminal.Terminal;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import dev.stride.testkit.Certificate;
import dev.stride.testkit.Certification;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Proves the gradients of discovered operators with the samples that they come with. */
@Command(
    name = "check",
    description = "Check the gradients of discovered operators with the testkit.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:nothing failed", "1:a check failed", "2:wrong options"})
final class CheckCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|PACK",
      description = "An operator, by full or short name, or a pack, by id.")
  private @Nullable String name;

  @Option(names = "--all", description = "Check every operator.")
  private boolean all;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the checks' random numbers. Default: ${DEFAULT-VALUE}.")
  private long seed = GradientChecker.DEFAULT_SEED;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Override
  public Integer call() {
    String wanted = name;
    if (all == (wanted != null)) {
      throw new ParameterException(
          options.commandLine(), "Give the name of an operator or of a pack, or --all.");
    }
    try (Stride stride = Stride.create();
        Progress progress = progress(stride.discovery(), wanted)) {
      Certification certification =
          Certification.create()
              .seed(seed)
              .configure(checker -> checker.vectorSpaces(stride.discovery().spaces()));
      for (Discovery.Entry entry : chosen(stride.discovery(), wanted)) {
        certification.operator(title(entry), entry.operator(), entry.samples().get());
      }
      certification.progress(result -> {
        if (result.rule() == Rule.PROOF) {
          progress.advance(1, result.operator());
        }
      });
      Certificate certificate = certification.run();
      CheckSummary summary = new CheckSummary(certificate);
      options.print(summary.json(), summary.lines());
      return certificate.isGranted() ? 0 : Failures.FAILED;
    }
  }

  private static Progress progress(Discovery discovery, @Nullable String wanted) {
    return Terminal.standardError().start("check", chosen(discovery, wanted).size());
  }

  /** The operator's name, with the device where that is not the CPU. */
  private static String title(Discovery.Entry entry) {
    return entry.device().equals(Device.CPU)
        ? entry.name()
        : entry.name() + " on " + entry.device().name();
  }

  private static List<Discovery.Entry> chosen(Discovery discovery, @Nullable String wanted) {
    if (wanted == null) {
      return discovery.operators();
    }
    List<Discovery.Entry> chosen =
        discovery.operators().stream()
            .filter(entry ->
                entry.name().equals(wanted)
                    || entry.name().equals("stride." + wanted)
                    || entry.pack().equals(wanted))
            .toList();
    if (chosen.isEmpty()) {
      throw unknown(discovery, wanted);
    }
    return chosen;
  }

  private static StrideException unknown(Discovery discovery, String wanted) {
    TreeSet<String> names = new TreeSet<>();
    discovery.operators().forEach(entry -> names.add(entry.name()));
    List<String> packs = new ArrayList<>();
    discovery
        .packs()
        .forEach(pack ->
            packs.add(
                pack.id()
                    + OperatorsCommand.problem(pack)
                        .map(problem -> " (not available: " + problem.reason() + ")")
                        .orElse("")));
    return new StrideException(
        "NoOperator",
        "no operator or pack \"%s\" to check. Found the packs %s with the operators %s."
            .formatted(wanted, packs, names));
  }
}
