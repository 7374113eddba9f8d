package dev.stride.cli.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * What a plug-in may see of this program: the JDK, the API with the libraries in its signatures,
 * and Stride's own packs. Everything else, such as the program's JSON library, stays hidden, so
 * that a plug-in that forgot a library fails here and not at its user.
 */
final class ContractLoader extends ClassLoader {

  private static final String SERVICES = "META-INF/services/dev.stride.";

  private static final List<String> SHARED =
      List.of(
          "dev.stride.api.",
          "dev.stride.ops.",
          "org.jspecify.annotations.",
          "jakarta.inject.",
          // A pack may install a module of its own.
          "com.google.inject.");

  private final ClassLoader program;

  ContractLoader(ClassLoader program) {
    super("contract", ClassLoader.getPlatformClassLoader());
    this.program = program;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isShared(name)) {
      return program.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  /** Only what lists the packs that come with the program. */
  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return name.startsWith(SERVICES) ? program.getResources(name) : Collections.emptyEnumeration();
  }

  private static boolean isShared(String name) {
    return SHARED.stream().anyMatch(name::startsWith);
  }
}
