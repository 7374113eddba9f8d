package dev.stride.cli.readme;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The tools of the JDK that runs the tests, each in a process of its own. */
final class Java {

  private static final long LIMIT_SECONDS = 120;

  private Java() {}

  /** What a process left. */
  record Ended(int status, String out, String err) {

    @Override
    public String toString() {
      return "exit status " + status + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  static Ended run(Path folder, String tool, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(arguments);
    Path out = folder.resolve(tool + ".out");
    Path err = folder.resolve(tool + ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          command + " did not end in " + LIMIT_SECONDS + " s: " + text(out) + text(err));
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  static String path(List<Path> entries) {
    return String.join(
        File.pathSeparator, entries.stream().map(entry -> entry.toString()).toList());
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
