package dev.stride.cli;

import dev.stride.cli.plugin.Plugin;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what was discovered. */
@Command(
    name = "operators",
    description = "List the operators that were discovered, and why anything is unavailable.")
final class OperatorsCommand implements Runnable {

  @Parameters(
      arity = "0..1",
      paramLabel = "PLUGIN.jar",
      description = "A jar with packs to look at, beside those that come with the program.")
  private @Nullable Path plugin;

  @Option(
      names = "--libs",
      paramLabel = "FOLDER",
      description = "Where the jars are that PLUGIN.jar needs. Default: the folder that it is in.")
  private @Nullable Path libraries;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Override
  public void run() {
    if (plugin == null) {
      try (Stride stride = Stride.create()) {
        print(stride.discovery());
      }
    } else {
      try (Plugin opened = Plugin.open(plugin, libraries)) {
        print(opened.stride().discovery());
      }
    }
  }

  private void print(Discovery discovery) {
    options.print(json(discovery), lines(discovery));
  }

  private static Map<String, Object> json(Discovery discovery) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("packs", discovery.packs().stream().map(OperatorsCommand::json).toList());
    json.put("operators", discovery.operators().stream().map(OperatorsCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Discovery.Pack pack) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", pack.id());
    json.put("version", pack.version());
    json.put("location", pack.location());
    json.put("available", pack.isAvailable());
    json.put("certified", pack.certification() instanceof Discovery.Certified);
    json.put("certification", pack.certification().toString());
    problem(pack).ifPresent(problem -> json.putAll(problem.json()));
    return json;
  }

  private static Map<String, Object> json(Discovery.Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", entry.name());
    json.put("pack", entry.pack());
    json.put("version", entry.packVersion());
    json.put("device", entry.device().name());
    json.put("priority", entry.priority());
    json.put("signature", entry.signature().toString());
    return json;
  }

  private static List<String> lines(Discovery discovery) {
    List<String> lines = new ArrayList<>();
    String row = "%-28s %-14s %-16s %s";
    lines.add(row.formatted("operator", "pack", "version", "device"));
    for (Discovery.Entry entry : discovery.operators()) {
      lines.add(
          row.formatted(entry.name(), entry.pack(), entry.packVersion(), entry.device().name()));
    }
    lines.add("");
    for (Discovery.Pack pack : discovery.packs()) {
      lines.add(
          "pack %s %s: %s, %s, from %s"
              .formatted(
                  pack.id(),
                  pack.version(),
                  pack.isAvailable() ? "available" : "not available",
                  pack.certification(),
                  pack.location()));
      problem(pack).ifPresent(problem -> lines.addAll(problem.lines()));
    }
    return lines;
  }

  /**
   * Why a pack is not in use.
   *
   * @param reason what is missing or went wrong
   * @param remedy what to do; may be empty
   */
  record Problem(String reason, String remedy) {

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("reason", reason);
      json.put("remedy", remedy);
      return json;
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("  why: " + reason);
      if (!remedy.isBlank()) {
        lines.add("  remedy: " + remedy);
      }
      return lines;
    }
  }

  static Optional<Problem> problem(Discovery.Pack pack) {
    return switch (pack.status()) {
      case Discovery.Available available -> Optional.empty();
      case Discovery.Unavailable(String reason, String remedy) ->
          Optional.of(new Problem(reason, remedy));
      case Discovery.Broken(String reason, Throwable cause) ->
          Optional.of(new Problem(reason + ": " + cause, "Update or remove the pack."));
    };
  }
}
