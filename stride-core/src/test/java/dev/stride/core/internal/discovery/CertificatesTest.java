package dev.stride.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.core.Discovery;
import dev.stride.core.PackCertificate;
import dev.stride.core.packs.Golden;
import dev.stride.core.packs.LambdaPack;
import dev.stride.core.packs.PackJar;
import dev.stride.core.packs.Searches;
import dev.stride.core.packs.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What discovery makes of the certificate in a pack's jar. */
class CertificatesTest {

  private static final String TESTKIT = "9.1";

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void build_a_pack() {
    jar = Sources.filters("acme").service("com.acme.Filters").build(folder);
  }

  @Test
  void jar_without_a_certificate_is_not_certified() throws IOException {
    assertThat(found()).isEqualTo(new Discovery.Uncertified()).hasToString("not certified");
  }

  @Test
  void certified_jar_names_the_testkit() throws IOException {
    certify("acme.filters");
    assertThat(found())
        .isEqualTo(new Discovery.Certified(TESTKIT))
        .hasToString("certified by testkit 9.1");
  }

  @Test
  void certificate_reads_back_as_it_was_written() throws IOException {
    certify("acme.filters");
    PackCertificate read = PackCertificate.read(jar).orElseThrow();
    assertThat(read).isEqualTo(PackCertificate.of(jar, TESTKIT, List.of("acme.filters")));
    assertThat(read.digests())
        .containsKeys(
            "com/acme/Filters.class", "META-INF/services/dev.stride.api.spi.OperatorPack");
  }

  @Test
  void changed_class_makes_it_void() throws IOException {
    certify("acme.filters");
    rewrite(
        "com/acme/Filters.class",
        bytes -> {
          bytes[bytes.length - 1] ^= 1;
          return bytes;
        });
    assertThat(found())
        .isEqualTo(new Discovery.VoidCertificate("com/acme/Filters.class changed"))
        .hasToString("certificate void: com/acme/Filters.class changed");
  }

  @Test
  void added_and_missing_files_make_it_void() throws IOException {
    certify("acme.filters");
    change(root -> Files.writeString(root.resolve("extra.txt"), "more"));
    assertThat(found()).hasToString("certificate void: extra.txt was added");
    change(root -> {
      Files.delete(root.resolve("extra.txt"));
      Files.delete(root.resolve("com/acme/Filters.class"));
    });
    assertThat(PackCertificate.read(jar).orElseThrow().changes(jar))
        .containsExactly("com/acme/Filters.class is missing");
  }

  @Test
  void certificate_of_another_pack_is_void() throws IOException {
    certify("acme.other");
    assertThat(found()).hasToString("certificate void: it is for acme.other");
  }

  @Test
  void certificate_that_cannot_be_read_is_void() throws IOException {
    change(root -> {
      Path file = root.resolve(PackCertificate.PATH);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "Manifest-Version: 1.0\nStride-Certificate: 2\n\n");
    });
    assertThat(found().toString())
        .isEqualTo(
            "certificate void: it cannot be read: its format is 2, but this version of Stride"
                + " knows 1 only");
  }

  @Test
  void signing_a_certified_jar_leaves_it_certified() throws IOException {
    certify("acme.filters");
    change(root -> {
      Files.writeString(root.resolve("META-INF/MANIFEST.MF"), "Manifest-Version: 1.0\n\n");
      Files.writeString(root.resolve("META-INF/ACME.SF"), "");
      Files.writeString(root.resolve("META-INF/ACME.RSA"), "");
    });
    assertThat(found()).isInstanceOf(Discovery.Certified.class);
  }

  @Test
  void engine_of_certified_packs_refuses_others_and_says_how() throws IOException {
    try (URLClassLoader loader = PackJar.loader(jar)) {
      assertThatThrownBy(() -> Searches.run(certifiedOnly(loader)))
          .satisfies(failure -> Golden.assertMessage(failure, "not-certified"));
    }
    certify("acme.filters");
    try (URLClassLoader loader = PackJar.loader(jar)) {
      assertThatCode(() -> Searches.run(certifiedOnly(loader))).doesNotThrowAnyException();
    }
  }

  @Test
  void engine_of_certified_packs_takes_those_that_it_is_given() {
    LambdaPack given = LambdaPack.with("acme.own", "acme.blur");
    DiscoverySettings settings =
        new DiscoverySettings(
            getClass().getClassLoader(), false, List.of(given), Set.of(), true, Map.of());
    assertThat(Searches.run(settings).discovery().pack("acme.own").orElseThrow().isAvailable())
        .isTrue();
  }

  private static DiscoverySettings certifiedOnly(ClassLoader loader) {
    return new DiscoverySettings(loader, true, List.of(), Set.of(), true, Map.of());
  }

  private Discovery.Certification found() throws IOException {
    try (URLClassLoader loader = PackJar.loader(jar)) {
      return Searches.in(loader).discovery().pack("acme.filters").orElseThrow().certification();
    }
  }

  private void certify(String pack) throws IOException {
    PackCertificate certificate = PackCertificate.of(jar, TESTKIT, List.of(pack));
    change(root -> {
      Path file = root.resolve(PackCertificate.PATH);
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        certificate.write(out);
      }
    });
  }

  private interface Change {
    void apply(Path root) throws IOException;
  }

  private interface Bytes {
    byte[] of(byte[] old);
  }

  private void rewrite(String name, Bytes bytes) throws IOException {
    change(root -> {
      Path file = root.resolve(name);
      Files.write(file, bytes.of(Files.readAllBytes(file)));
    });
  }

  private void change(Change change) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      change.apply(zip.getPath("/"));
    }
  }
}
