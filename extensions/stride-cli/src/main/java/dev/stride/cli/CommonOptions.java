package dev.stride.cli;

import dev.stride.cli.report.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has. */
final class CommonOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  /** Looked up by name where failures are handled. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--debug", description = "Print stack traces with errors.")
  private boolean debug;

  /** Handled by picocli. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and end.")
  private boolean help;

  /** The command that has these options. */
  CommandLine commandLine() {
    return Objects.requireNonNull(command, "set when the command line is parsed").commandLine();
  }

  /** Prints a result in the form asked for. */
  void print(Map<String, ?> document, List<String> lines) {
    PrintWriter out = commandLine().getOut();
    if (json) {
      out.println(Json.text(document));
    } else {
      lines.forEach(out::println);
    }
    out.flush();
  }
}
