package dev.stride.cli.plugin;

import dev.stride.api.StrideException;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A jar with operator packs that is not part of this program, in a class loader of its own with the
 * libraries that lie beside it or in a folder. For one thread, which has that class loader as its
 * context until {@link #close}.
 */
public final class Plugin implements AutoCloseable {

  private static final String SERVICES = "META-INF/services/dev.stride.api.spi.OperatorPack";
  private static final String JAR = ".jar";

  private final Path jar;
  private final Path folder;
  private final List<Path> libraries;
  private final URLClassLoader loader;
  private final @Nullable ClassLoader previous;
  private final Stride stride;

  private Plugin(Path jar, Path folder, ClassLoader program) {
    this.jar = jar;
    this.folder = folder;
    this.libraries = jarsIn(folder, jar);
    this.loader = new URLClassLoader(jar.toString(), urls(jar, libraries), parent(program));
    this.previous = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    this.stride = started();
  }

  /** Whether an argument of a command means a jar rather than a name. */
  public static boolean isNamedBy(String argument) {
    return argument.endsWith(JAR);
  }

  /**
   * Opens a jar and starts an engine with its packs and Stride's own.
   *
   * @param libraries folder of the jars that it needs; null: the folder that it is in
   * @throws StrideException if it is no jar, has no pack, or its packs contradict each other
   */
  public static Plugin open(Path jar, @Nullable Path libraries) {
    Path real = checked(jar);
    Path folder = libraries == null ? real.resolveSibling("") : libraries;
    return new Plugin(real, folder, Plugin.class.getClassLoader());
  }

  /** The jar, as packs name it as their location. */
  public Path jar() {
    return jar;
  }

  /** The jars that it can load classes from, besides its own. */
  public List<Path> libraries() {
    return libraries;
  }

  /** The engine that found it. */
  public Stride stride() {
    return stride;
  }

  /** The packs in the jar, usable or not. */
  public List<Discovery.Pack> packs() {
    return stride.discovery().packs().stream()
        .filter(pack -> pack.location().equals(jar.toString()))
        .toList();
  }

  /** The operators of its packs. */
  public List<Discovery.Entry> operators() {
    List<String> own = packs().stream().map(Discovery.Pack::id).toList();
    return stride.discovery().operators().stream()
        .filter(entry -> own.contains(entry.pack()))
        .toList();
  }

  /**
   * Does nothing if every pack in the jar can be used and there is an operator.
   *
   * @throws StrideException otherwise; it says what each pack lacks
   */
  public void requireUsable() {
    List<String> problems =
        packs().stream()
            .filter(pack -> !pack.isAvailable())
            .map(pack -> "pack %s is %s".formatted(pack.id(), pack.status()))
            .toList();
    if (!problems.isEmpty()) {
      throw new StrideException(
          "BrokenPlugin",
          "%s: %s. Its libraries were looked for in %s; --libs FOLDER names another place."
              .formatted(jar, String.join("; ", problems), folder));
    }
    if (operators().isEmpty()) {
      throw new StrideException(
          "NoOperator", "%s has the packs %s, but no operator.".formatted(jar, packs()));
    }
  }

  /** Closes the engine, then the jars. */
  @Override
  public void close() {
    try (loader) {
      stride.close();
    } catch (IOException e) {
      throw new UncheckedIOException(jar + " cannot be closed", e);
    } finally {
      Thread.currentThread().setContextClassLoader(previous);
    }
  }

  private Stride started() {
    try {
      return Stride.builder().classLoader(loader).build();
    } catch (StrideException failure) {
      Thread.currentThread().setContextClassLoader(previous);
      throw failure;
    }
  }

  private static Path checked(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getEntry(SERVICES) == null) {
        throw new StrideException("NoPack", withoutPack(jar, file));
      }
      return jar.toRealPath();
    } catch (NoSuchFileException e) {
      throw new StrideException(
          "NoPlugin", "There is no file " + jar + ". Correct the path, or build the jar first.", e);
    } catch (IOException e) {
      throw new StrideException(
          "NoPlugin", jar + " cannot be read as a jar: " + e.getMessage() + ".", e);
    }
  }

  private static String withoutPack(Path jar, JarFile file) {
    String text = "%s declares no operator pack: it has no %s.".formatted(jar, SERVICES);
    return file.getEntry("module-info.class") == null
        ? text + " Add this file, with the name of the class that implements OperatorPack."
        : text
            + " Its module-info may provide one, but a class path does not look there: add this"
            + " file too, with the name of the class that implements OperatorPack.";
  }

  private static List<Path> jarsIn(Path folder, Path own) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(JAR))
          .map(Path::toAbsolutePath)
          .filter(file -> !file.equals(own))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StrideException(
          "NoPlugin", "the folder of libraries " + folder + " cannot be read.", e);
    }
  }

  private static ClassLoader parent(ClassLoader program) {
    return new ContractLoader(program);
  }

  private static URL[] urls(Path jar, List<Path> libraries) {
    List<URL> urls = new ArrayList<>();
    Stream.concat(Stream.of(jar), libraries.stream()).forEach(file -> urls.add(url(file)));
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException("a file has no address: " + file, impossible);
    }
  }
}
