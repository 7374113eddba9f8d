package dev.stride.cli.check;

import dev.stride.cli.files.AtomicFile;
import dev.stride.cli.plugin.Plugin;
import dev.stride.cli.report.Json;
import dev.stride.core.Discovery;
import dev.stride.core.PackCertificate;
import dev.stride.testkit.Certificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what the checks found into the jar that they were made of: the report with every rule,
 * sample and figure, and with which libraries, and the list of digests that makes any later change
 * visible.
 */
public final class CertifiedJar {

  /** The report, beside {@link PackCertificate#PATH}. */
  static final String REPORT = "META-INF/stride/certificate.json";

  private CertifiedJar() {}

  /**
   * Writes the certificate; one that is there already is replaced. The jar stays as it was if that
   * fails.
   *
   * @throws IOException if the jar cannot be written
   */
  public static void write(Plugin plugin, Certificate certificate) throws IOException {
    String report = Json.text(report(plugin, certificate));
    List<String> packs = plugin.packs().stream().map(Discovery.Pack::id).toList();
    Path jar = plugin.jar();
    AtomicFile.write(
        jar,
        temporary -> {
          Files.copy(jar, temporary, StandardCopyOption.REPLACE_EXISTING);
          add(temporary, REPORT, out -> out.write(report.getBytes(StandardCharsets.UTF_8)));
          PackCertificate digests = PackCertificate.of(temporary, testkit(), packs);
          add(temporary, PackCertificate.PATH, digests::write);
        });
  }

  /** The version of the testkit; {@code unknown} where it is not packaged. */
  static String testkit() {
    String version = Certificate.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private static Map<String, Object> report(Plugin plugin, Certificate certificate)
      throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("testkit", testkit());
    json.put("java", Runtime.version().toString());
    json.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    json.put("packs", plugin.packs().stream().map(CertifiedJar::pack).toList());
    json.put("libraries", libraries(plugin));
    json.putAll(new CheckSummary(certificate).json());
    return json;
  }

  private static Map<String, Object> pack(Discovery.Pack pack) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", pack.id());
    json.put("version", pack.version());
    return json;
  }

  /** What the operators could load classes from besides the jar, in the order of the class path. */
  private static List<Map<String, Object>> libraries(Plugin plugin) throws IOException {
    List<Map<String, Object>> libraries = new ArrayList<>();
    for (Path library : plugin.libraries()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", library.getFileName().toString());
      json.put("sha256", sha256(Files.readAllBytes(library)));
      libraries.add(json);
    }
    return libraries;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void add(Path jar, String entry, Content content) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of(), null)) {
      Path file = files.getPath(entry);
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        content.writeTo(out);
      }
    }
  }
}
