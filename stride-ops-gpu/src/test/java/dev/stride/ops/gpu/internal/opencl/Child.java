package dev.stride.ops.gpu.internal.opencl;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the main method of a test class in a JVM of its own, on the class path. */
public final class Child {

  private static final int LIMIT_SECONDS = 120;

  private Child() {}

  /** What a process left: its status, and standard output and error together. */
  public record Ended(int status, String output) {}

  /** Runs it with further options and environment variables; its output goes to the folder. */
  public static Ended run(
      Class<?> main, Path folder, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(main), main.getName()));
    Path output = folder.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(output.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " did not end in " + LIMIT_SECONDS + " s");
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  /** Everything that this JVM runs with, be it on the module path or on the class path. */
  private static String classPath(Class<?> main) {
    return Stream.of(
            folderOf(main).toString(),
            System.getProperty("java.class.path", ""),
            System.getProperty("jdk.module.path", ""))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path folderOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL found = Objects.requireNonNull(type.getResource("/" + file), file);
    try {
      String address = found.toURI().toString();
      return Path.of(new URI(address.substring(0, address.length() - file.length())));
    } catch (URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
