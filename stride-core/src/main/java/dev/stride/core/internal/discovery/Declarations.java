package dev.stride.core.internal.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stride.api.spi.OperatorPack;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the services files of a class loader list: to say which pack of which jar it is that {@link
 * java.util.ServiceLoader} failed to load.
 */
final class Declarations {

  private static final String SERVICES = "META-INF/services/" + OperatorPack.class.getName();

  private final ClassLoader classLoader;
  private final List<Declaration> open = new ArrayList<>();

  Declarations(ClassLoader classLoader) {
    this.classLoader = classLoader;
    for (URL file : files(classLoader)) {
      lines(file).forEach(type -> open.add(new Declaration(file, type)));
    }
  }

  /** The class that a failure is about and its jar; each is the answer once. */
  Candidate culprit(Throwable failure, Candidate unknown) {
    String text = String.valueOf(failure);
    for (Declaration declaration : open) {
      if (declaration.isIn(text)) {
        return taken(declaration, unknown);
      }
    }
    return open.stream()
        .filter(this::fails)
        .findFirst()
        .map(declaration -> taken(declaration, unknown))
        .orElse(unknown);
  }

  private Candidate taken(Declaration declaration, Candidate unknown) {
    open.remove(declaration);
    String location = Locations.ofResource(declaration.file, SERVICES);
    return new Candidate(declaration.type, location, unknown.constructor());
  }

  private boolean fails(Declaration declaration) {
    try {
      var _ = Class.forName(declaration.type, false, classLoader).getConstructor();
      return false;
    } catch (ReflectiveOperationException | LinkageError e) {
      return true;
    }
  }

  private static List<URL> files(ClassLoader classLoader) {
    try {
      return Collections.list(classLoader.getResources(SERVICES));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> lines(URL file) {
    try (var stream = file.openStream()) {
      return new String(stream.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private record Declaration(URL file, String type) {
    private boolean isIn(String failure) {
      return failure.contains(type)
          || failure.contains(type.replace('.', '/'))
          || failure.contains(file.toString());
    }
  }
}
