package dev.stride.cli;

import dev.stride.cli.report.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what went wrong: a message, a stack trace only if asked for, and an exit code. */
final class Failures {

  /** Something went wrong while a command ran. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  private static final String JSON = "--json";

  private Failures() {}

  static int handleExecution(Exception failure, CommandLine line, ParseResult parsed) {
    List<String> given = parsed.expandedArgs();
    Throwable cause = unwrapped(failure);
    report(cause, line, given.contains(JSON));
    if (given.contains("--debug")) {
      cause.printStackTrace(line.getErr());
    }
    return FAILED;
  }

  static int handleParameters(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    report(failure, line, Arrays.asList(arguments).contains(JSON));
    line.getErr().println("See " + line.getCommandSpec().qualifiedName() + " --help.");
    return USAGE;
  }

  private static void report(Throwable failure, CommandLine line, boolean json) {
    String message = message(failure);
    line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + message);
    if (json) {
      line.getOut().println(Json.text(Map.of("error", message)));
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrapped(cause) : failure;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName() + " (--debug says where)"
        : message;
  }
}
