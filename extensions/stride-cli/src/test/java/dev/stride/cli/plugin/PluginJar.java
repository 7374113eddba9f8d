package dev.stride.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Jars as third parties make them: compiled from sources, to be loaded by the program. */
public final class PluginJar {

  private static final String SERVICES = "META-INF/services/dev.stride.api.spi.OperatorPack";

  private final Path folder;
  private final Path classes;
  private final List<String> sources = new ArrayList<>();

  private PluginJar(Path folder) {
    this.folder = folder;
    this.classes = folder.resolve("classes");
  }

  /** A jar that is made in a folder of its own. */
  public static PluginJar in(Path folder) {
    return new PluginJar(folder);
  }

  /** A pack {@code acme} with one operator {@code acme.square}, whose adjoint may be wrong. */
  public static PluginJar square(Path folder, String slope, String samples) {
    return in(folder)
        .source(
            "acme.Square",
            """
            package acme;
            import dev.stride.api.*;
            public final class Square implements BlockingOperator<Tensor> {
              public Signature signature() {
                return Signature.named("acme.square").input("x").output("y").build();
              }
              public Outputs forward(ForwardCall call) {
                return Outputs.of(call.tensor("x").map(v -> v * v));
              }
              public Gradients adjoint(AdjointCall call) {
                return Gradients.of(call.cotangent().times(call.tensor("x").map(v -> %s)));
              }
            }
            """
                .formatted(slope))
        .pack("registrar.operator(Square::new)%s;".formatted(samples));
  }

  /** Samples that show what an operator does. */
  public static final String SAMPLES =
      ".samples(() -> java.util.List.of(dev.stride.api.spi.Sample.of("
          + "dev.stride.api.Tensor.random(3, 4))))";

  /** A pack {@code acme} that registers so. */
  public PluginJar pack(String registration) {
    return source(
        "acme.Pack",
        """
        package acme;
        import dev.stride.api.spi.*;
        public final class Pack implements OperatorPack {
          public String id() { return "acme"; }
          public String version() { return "1.5"; }
          public void register(OperatorRegistrar registrar) { %s }
        }
        """
            .formatted(registration));
  }

  /** A class more. */
  public PluginJar source(String type, String text) {
    try {
      Path file = folder.resolve("src").resolve(type.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      sources.add(Files.writeString(file, text).toString());
      return this;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compiles, against further jars too, and packs a jar that lists its pack. */
  public Path build(String name, Path... libraries) throws IOException {
    compile(libraries);
    Path services = classes.resolve(SERVICES);
    Files.createDirectories(services.getParent());
    Files.writeString(services, "acme.Pack\n");
    return jar(name);
  }

  /** Compiles and packs a jar that is a library. */
  public Path buildLibrary(String name) throws IOException {
    compile();
    return jar(name);
  }

  private void compile(Path... libraries) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp"));
    String given =
        String.join(File.pathSeparator, Stream.of(libraries).map(Path::toString).toList());
    arguments.add(System.getProperty("java.class.path") + File.pathSeparator + given);
    arguments.addAll(List.of("-d", Files.createDirectories(classes).toString()));
    arguments.addAll(sources);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(System.out, System.err, arguments.toArray(String[]::new))).isZero();
  }

  private Path jar(String name) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar.toRealPath();
  }
}
