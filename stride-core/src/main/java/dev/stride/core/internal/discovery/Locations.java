package dev.stride.core.internal.discovery;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Where classes come from, as messages print it. */
final class Locations {

  private static final String JAR_ENTRY = "!/";

  private Locations() {}

  /** The jar, folder or module that a class was loaded from. */
  static String of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL url = source == null ? null : source.getLocation();
    return url == null ? withoutSource(type) : of(url);
  }

  /** The jar or folder of a resource at {@code path}, given the resource's address. */
  static String ofResource(URL resource, String path) {
    String address = resource.toString();
    String jar = address.startsWith("jar:") ? address.substring("jar:".length()) : address;
    int end = jar.endsWith(path) ? jar.length() - path.length() : jar.length();
    String root = jar.substring(0, end);
    String archive =
        root.endsWith(JAR_ENTRY) ? root.substring(0, root.length() - JAR_ENTRY.length()) : root;
    Path file = file(archive);
    return file == null ? archive : file.toString();
  }

  private static String of(URL url) {
    Path file = file(url.toString());
    return file == null ? url.toString() : file.toString();
  }

  private static String withoutSource(Class<?> type) {
    return type.getModule().isNamed()
        ? "module " + type.getModule().getName()
        : "class loader " + type.getClassLoader();
  }

  private static @Nullable Path file(String address) {
    try {
      return Path.of(new URI(address));
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
  }
}
