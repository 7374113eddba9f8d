package dev.stride.core.packs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.inject.Guice;
import dev.stride.api.spi.OperatorPack;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Compiles a pack and makes a real jar of it. */
public final class PackJar {

  private static final String SERVICES = "META-INF/services/" + OperatorPack.class.getName();

  private final String name;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final List<String> services = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  private PackJar(String name) {
    this.name = name;
  }

  /** A jar of this name, without the ending. */
  public static PackJar named(String name) {
    return new PackJar(name);
  }

  /** Adds a class, or {@code module-info}. */
  public PackJar source(String type, String text) {
    sources.put(type, text);
    return this;
  }

  /** Compiles against a class that the jar does not have. */
  public PackJar sourceLeftOut(String type, String text) {
    left.add(type);
    return source(type, text);
  }

  /** Adds a line to the services file. */
  public PackJar service(String line) {
    services.add(line);
    return this;
  }

  /** Writes the jar into a folder. */
  public Path build(Path folder) {
    try {
      Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
      compile(Files.createDirectories(folder.resolve(name + "-sources")), classes);
      return pack(classes, folder.resolve(name + ".jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compile(Path sourceFolder, Path classes) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-Xlint:none", "-nowarn"));
    boolean module = sources.containsKey("module-info");
    arguments.addAll(List.of(module ? "--module-path" : "--class-path", libraries()));
    arguments.addAll(List.of("-d", classes.toString()));
    for (var source : sources.entrySet()) {
      Path file = sourceFolder.resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    if (sources.isEmpty()) {
      return;
    }
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    if (javac.run(printer, printer, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError("the fixture " + name + " does not compile:\n" + output);
    }
  }

  private static String libraries() {
    return Stream.of(OperatorPack.class, NullMarked.class, Inject.class, Guice.class)
        .map(type -> path(type.getProtectionDomain().getCodeSource().getLocation()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String path(URL location) {
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private Path pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(file).toString().replace(File.separatorChar, '/');
        if (!left.contains(entry.replace('/', '.').replaceFirst("\\.class$", ""))) {
          write(out, entry, Files.readAllBytes(file));
        }
      }
      if (!services.isEmpty()) {
        write(out, SERVICES, String.join("\n", services).getBytes(UTF_8));
      }
    }
    return jar;
  }

  private static void write(JarOutputStream out, String entry, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(entry));
    out.write(bytes);
    out.closeEntry();
  }

  /** A class loader of these jars, below that of the tests: as for a folder of plug-ins. */
  public static URLClassLoader loader(Path... jars) {
    URL[] urls = Arrays.stream(jars).map(PackJar::url).toArray(URL[]::new);
    return new URLClassLoader("plugins", urls, PackJar.class.getClassLoader());
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
