package dev.stride.core.internal.discovery;

import dev.stride.core.Discovery.Certification;
import dev.stride.core.Discovery.Certified;
import dev.stride.core.Discovery.Uncertified;
import dev.stride.core.Discovery.VoidCertificate;
import dev.stride.core.PackCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the certificate of the jar that a pack comes from, and holds it against the jar. */
final class Certificates {

  private Certificates() {}

  /** Never throws: what cannot be read is void. */
  static Certification of(String pack, String location) {
    try {
      Path jar = Path.of(location);
      if (!Files.isRegularFile(jar)) {
        return new Uncertified();
      }
      Optional<PackCertificate> certificate = PackCertificate.read(jar);
      return certificate.isEmpty() ? new Uncertified() : held(certificate.get(), pack, jar);
    } catch (InvalidPathException noFile) {
      return new Uncertified();
    } catch (IOException | IllegalArgumentException e) {
      return new VoidCertificate("it cannot be read: " + e.getMessage());
    }
  }

  private static Certification held(PackCertificate certificate, String pack, Path jar)
      throws IOException {
    if (!certificate.packs().contains(pack)) {
      return new VoidCertificate("it is for " + String.join(", ", certificate.packs()));
    }
    List<String> changes = certificate.changes(jar);
    return changes.isEmpty()
        ? new Certified(certificate.testkit())
        : new VoidCertificate(
            changes.getFirst() + (changes.size() == 1 ? "" : " and " + more(changes)));
  }

  private static String more(List<String> changes) {
    return changes.size() - 1 + " more";
  }
}
