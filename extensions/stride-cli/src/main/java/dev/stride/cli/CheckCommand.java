package dev.stride.cli;

import dev.stride.api.Device;
import dev.stride.api.StrideException;
import dev.stride.cli.check.CertifiedJar;
import dev.stride.cli.check.CheckJob;
import dev.stride.cli.check.CheckSummary;
import dev.stride.cli.files.AtomicFile;
import dev.stride.cli.plugin.Plugin;
import dev.stride.cli.terminal.Terminal;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import dev.stride.testkit.Certificate;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.ReportFormat;
import dev.stride.testkit.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Proves the gradients of operators with the samples that they come with. */
@Command(
    name = "check",
    description =
        "Check the gradients of operators with the testkit, at the samples registered with them.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every operator that has a gradient is proven",
      "1:a check failed, or the operators could not be loaded",
      "2:wrong options",
      "3:nothing failed, but a check could not be made, such as of an operator without samples"
    })
final class CheckCommand implements Callable<Integer> {

  /** Nothing is wrong, and not everything is proven. */
  static final int UNPROVEN = 3;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|PACK|PLUGIN.jar",
      description =
          "An operator, by full or short name; a pack, by id; or a jar with packs, which is loaded"
              + " apart from this program.")
  private @Nullable String target;

  @Option(names = "--all", description = "Check every operator that was discovered.")
  private boolean all;

  @Option(
      names = "--libs",
      paramLabel = "FOLDER",
      description = "Where the jars are that PLUGIN.jar needs. Default: the folder that it is in.")
  private @Nullable Path libraries;

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "Of a pack or a jar, check this operator only.")
  private @Nullable String only;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "Check only what computes there: cpu, opencl, or one such as opencl:0.")
  private @Nullable String device;

  @Option(
      names = "--rule",
      split = ",",
      paramLabel = "RULE",
      converter = RuleName.class,
      description = "Check these rules only, such as O3, to look closer at a failure.")
  private List<Rule> rules = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the checks' random numbers. Default: ${DEFAULT-VALUE}.")
  private long seed = GradientChecker.DEFAULT_SEED;

  @Option(
      names = "--junit",
      paramLabel = "FILE.xml",
      description = "Write the results for a server of continuous integration too.")
  private @Nullable Path junit;

  @Option(
      names = "--certify",
      description =
          "If everything is proven, write the results into PLUGIN.jar, where engines and `stride"
              + " operators` look for them. Any change of the jar makes them void.")
  private boolean certify;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    String wanted = target;
    if (all == (wanted != null)) {
      throw wrong("Give the name of an operator or of a pack, a plug-in's jar, or --all.");
    }
    if (wanted != null && Plugin.isNamedBy(wanted)) {
      return checkPlugin(Path.of(wanted));
    }
    if (certify) {
      throw wrong("--certify is for a plug-in's jar: stride check PLUGIN.jar --certify.");
    }
    if (libraries != null) {
      throw wrong(
          "--libs is for a plug-in's jar; "
              + (wanted == null ? "--all" : wanted)
              + " is found by itself.");
    }
    try (Stride stride = Stride.create()) {
      return report(certificate(chosen(stride.discovery(), wanted), stride), Optional.empty());
    }
  }

  private int checkPlugin(Path jar) throws IOException {
    if (certify && (only != null || !rules.isEmpty())) {
      throw wrong("a certificate is for all operators and rules; leave out --operator and --rule.");
    }
    try (Plugin plugin = Plugin.open(jar, libraries)) {
      plugin.requireUsable();
      Certificate certificate = certificate(plugin.operators(), plugin.stride());
      boolean certified = certify && certificate.isGranted();
      if (certified) {
        CertifiedJar.write(plugin, certificate);
      }
      return report(certificate, certify ? Optional.of(certified) : Optional.empty());
    }
  }

  private Certificate certificate(List<Discovery.Entry> found, Stride stride) throws IOException {
    CheckJob job = new CheckJob(narrowed(found), stride.discovery().spaces(), ruleSet(), seed);
    Certificate certificate = job.run(Terminal.standardError());
    if (junit != null) {
      String xml = ReportFormat.JUNIT_XML.write(certificate.reports());
      AtomicFile.write(junit.toAbsolutePath(), file -> Files.writeString(file, xml));
    }
    return certificate;
  }

  /** Prints what was found and, if that was asked for, whether the jar has a certificate now. */
  private int report(Certificate certificate, Optional<Boolean> certified) {
    CheckSummary summary = new CheckSummary(certificate);
    Map<String, Object> json = summary.json();
    certified.ifPresent(yes -> json.put("certified", yes));
    List<String> lines = new ArrayList<>(summary.lines(this::command));
    certified.ifPresent(yes ->
        lines.add(
            yes
                ? "certified: " + target + " has the certificate"
                : "not certified: " + target + " is as it was"));
    options.print(json, lines);
    return exitCode(certificate);
  }

  /** The command that checks one operator of those that this one checks. */
  private String command(String operator) {
    String name = operator.split(" on ", 2)[0];
    String plugin = target;
    if (plugin == null || !Plugin.isNamedBy(plugin)) {
      return "stride check " + name + (device == null ? "" : " --device " + device);
    }
    return "stride check "
        + plugin
        + (libraries == null ? "" : " --libs " + libraries)
        + " --operator "
        + name;
  }

  private static int exitCode(Certificate certificate) {
    if (certificate.isGranted()) {
      return 0;
    }
    return certificate.failed() > 0 ? Failures.FAILED : UNPROVEN;
  }

  /** The rules asked for, and the proof, which closes every report. */
  private Set<Rule> ruleSet() {
    Set<Rule> set = EnumSet.noneOf(Rule.class);
    set.addAll(rules);
    if (rules.stream().anyMatch(Rule::provesGradient)) {
      set.add(Rule.PROOF);
    }
    return set;
  }

  private List<Discovery.Entry> narrowed(List<Discovery.Entry> found) {
    String name = only;
    return name == null ? there(found) : there(called(found, name));
  }

  private List<Discovery.Entry> there(List<Discovery.Entry> found) {
    String wanted = device;
    if (wanted == null) {
      return found;
    }
    List<Discovery.Entry> there =
        found.stream().filter(entry -> entry.device().matches(new Device(wanted))).toList();
    if (there.isEmpty()) {
      throw new StrideException(
          "NoDevice",
          "none of %s computes on \"%s\". `stride doctor` says which devices there are, and what is"
                  .formatted(names(found), wanted)
              + " missing.");
    }
    return there;
  }

  private static List<Discovery.Entry> called(List<Discovery.Entry> found, String name) {
    List<Discovery.Entry> narrowed = found.stream().filter(entry -> isCalled(entry, name)).toList();
    if (narrowed.isEmpty()) {
      throw new StrideException(
          "NoOperator", "no operator \"%s\" among %s.".formatted(name, names(found)));
    }
    return narrowed;
  }

  private static List<Discovery.Entry> chosen(Discovery discovery, @Nullable String wanted) {
    if (wanted == null) {
      return discovery.operators();
    }
    List<Discovery.Entry> chosen =
        discovery.operators().stream()
            .filter(entry -> isCalled(entry, wanted) || entry.pack().equals(wanted))
            .toList();
    if (chosen.isEmpty()) {
      throw unknown(discovery, wanted);
    }
    return chosen;
  }

  private static boolean isCalled(Discovery.Entry entry, String name) {
    return entry.name().equals(name) || entry.name().equals("stride." + name);
  }

  private static StrideException unknown(Discovery discovery, String wanted) {
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
            .formatted(wanted, packs, names(discovery.operators())));
  }

  private static Set<String> names(List<Discovery.Entry> operators) {
    TreeSet<String> names = new TreeSet<>();
    operators.forEach(entry -> names.add(entry.name()));
    return names;
  }

  private ParameterException wrong(String what) {
    return new ParameterException(options.commandLine(), what);
  }

  /** A rule by its number. */
  static final class RuleName implements ITypeConverter<Rule> {
    @Override
    public Rule convert(String id) {
      for (Rule rule : Rule.values()) {
        if (rule.id().equalsIgnoreCase(id)) {
          return rule;
        }
      }
      throw new TypeConversionException(
          "\"%s\" is no rule; expected O1 to O%d, see docs/operator-contract.md"
              .formatted(id, Rule.values().length));
    }
  }
}
