package dev.stride.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * What the testkit proved, as the jar of the packs says itself: in {@value #PATH}, which lists
 * every entry of the jar with its digest, so that any change makes the certificate void.
 *
 * <p>It protects from mistakes, not from malice: whoever can change a jar can certify it again.
 * Sign the jar to know who did. What lies beside the jar is not covered. Immutable.
 *
 * @param testkit version of the testkit that checked
 * @param packs ids of the packs that were checked
 * @param digests SHA-256 of every entry but the certificate itself, the jar's manifest, and its
 *     signatures; in Base64, by the entry's name
 */
public record PackCertificate(
    String testkit, List<String> packs, SortedMap<String, String> digests) {

  /** Where it is in a jar. */
  public static final String PATH = "META-INF/stride/certificate.mf";

  private static final String FORMAT = "1";
  private static final Attributes.Name STRIDE_CERTIFICATE =
      new Attributes.Name("Stride-Certificate");
  private static final Attributes.Name TESTKIT = new Attributes.Name("Testkit-Version");
  private static final Attributes.Name PACKS = new Attributes.Name("Packs");
  private static final Attributes.Name DIGEST = new Attributes.Name("SHA-256-Digest");
  private static final Pattern NOT_COVERED =
      Pattern.compile(PATH + "|META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");

  /** Copies the collections. */
  public PackCertificate {
    Objects.requireNonNull(testkit, "testkit");
    packs = List.copyOf(packs);
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }

  /**
   * A certificate for a jar as it is now.
   *
   * @param testkit version of the testkit
   * @param packs ids of the packs that were checked
   * @throws IOException if the jar cannot be read
   */
  public static PackCertificate of(Path jar, String testkit, List<String> packs)
      throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      return new PackCertificate(testkit, packs, digests(file));
    }
  }

  /**
   * The certificate in a jar, if it has one; whether it is still true, {@link #changes} says.
   *
   * @throws IOException if the jar or its certificate cannot be read
   */
  public static Optional<PackCertificate> read(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      JarEntry entry = file.getJarEntry(PATH);
      return entry == null ? Optional.empty() : Optional.of(parse(file, entry));
    }
  }

  private static PackCertificate parse(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      Manifest manifest = new Manifest(in);
      Attributes main = manifest.getMainAttributes();
      if (!FORMAT.equals(main.getValue(STRIDE_CERTIFICATE))) {
        throw new IOException(
            "its format is %s, but this version of Stride knows %s only"
                .formatted(main.getValue(STRIDE_CERTIFICATE), FORMAT));
      }
      SortedMap<String, String> digests = new TreeMap<>();
      manifest
          .getEntries()
          .forEach((name, section) -> digests.put(name, section.getValue(DIGEST) + ""));
      String packs = Objects.requireNonNullElse(main.getValue(PACKS), "");
      String testkit = Objects.requireNonNullElse(main.getValue(TESTKIT), "unknown");
      return new PackCertificate(testkit, List.of(packs.split(" ")), digests);
    }
  }

  /** Writes the file that goes to {@value #PATH}. */
  public void write(OutputStream out) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(STRIDE_CERTIFICATE, FORMAT);
    main.put(TESTKIT, testkit);
    main.put(PACKS, String.join(" ", packs));
    digests.forEach((name, digest) -> {
      Attributes section = new Attributes();
      section.put(DIGEST, digest);
      manifest.getEntries().put(name, section);
    });
    manifest.write(out);
  }

  /**
   * What is not in a jar as it was when it was certified: {@code acme/Blur.class changed}; empty if
   * the certificate holds.
   *
   * @throws IOException if the jar cannot be read
   */
  public List<String> changes(Path jar) throws IOException {
    Map<String, String> now;
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      now = digests(file);
    }
    List<String> changes = new ArrayList<>();
    digests.forEach((name, digest) -> {
      String found = now.get(name);
      if (!digest.equals(found)) {
        changes.add(name + (found == null ? " is missing" : " changed"));
      }
    });
    now.keySet().stream()
        .filter(name -> !digests.containsKey(name))
        .forEach(name -> changes.add(name + " was added"));
    return List.copyOf(changes);
  }

  private static SortedMap<String, String> digests(JarFile file) throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    for (JarEntry entry : Collections.list(file.entries())) {
      if (!entry.isDirectory() && !NOT_COVERED.matcher(entry.getName()).matches()) {
        try (InputStream in = file.getInputStream(entry)) {
          digests.put(entry.getName(), digest(in));
        }
      }
    }
    return digests;
  }

  private static String digest(InputStream in) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
      }
      return Base64.getEncoder().encodeToString(sha.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
