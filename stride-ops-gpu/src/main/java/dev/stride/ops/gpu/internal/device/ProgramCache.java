package dev.stride.ops.gpu.internal.device;

import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiled programs in a folder, so that the next process need not compile them: one file each,
 * named by device, driver and source. Thread-safe, and so for several processes with one folder.
 *
 * <p>Only a help: a file that is damaged, of another driver or not to be read is as good as none,
 * and so is a folder that cannot be written. Files may be deleted at any time.
 */
public final class ProgramCache {

  private static final String OFF = "off";
  private static final byte[] MARK = "stride.clbin.1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SUM = 32;

  private final @Nullable Path folder;

  private ProgramCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /** A cache that keeps nothing. */
  public static ProgramCache off() {
    return new ProgramCache(null);
  }

  /** A cache in a folder, which is made when something is kept. */
  public static ProgramCache in(Path folder) {
    return new ProgramCache(folder);
  }

  /**
   * The cache for a configured text: {@code off}, or a folder; by default {@code stride/opencl} in
   * the folder of caches, {@code $XDG_CACHE_HOME} or {@code ~/.cache}.
   *
   * @throws IllegalArgumentException if the text is no path
   */
  public static ProgramCache of(@Nullable String configured) {
    if (configured == null) {
      return in(caches().resolve("stride").resolve("opencl"));
    }
    String text = configured.strip();
    if (text.equals(OFF)) {
      return off();
    }
    try {
      return in(Path.of(text));
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException(
          "stride.gpu.cache is '" + configured + "'; expected a folder, or off", wrong);
    }
  }

  /** Whether anything is kept. */
  boolean keeps() {
    return folder != null;
  }

  private static Path caches() {
    String caches = System.getenv("XDG_CACHE_HOME");
    return caches == null || !Path.of(caches).isAbsolute()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(caches);
  }

  /** What a program is found by: the device, its driver, and what the program is made of. */
  static String key(DeviceDescription device, String... parts) {
    String all =
        String.join(
            "\n",
            device.platformName(),
            device.name(),
            device.version(),
            device.driver(),
            String.join("\n", parts));
    return HexFormat.of().formatHex(sum(all.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] sum(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  /** The program kept under a key, whole; empty if there is none. */
  Optional<byte[]> find(String key) {
    if (folder == null) {
      return Optional.empty();
    }
    try {
      return unwrapped(Files.readAllBytes(file(folder, key)));
    } catch (IOException missing) {
      return Optional.empty();
    }
  }

  /** The program in a file: behind a mark and the sum of what follows. */
  private static Optional<byte[]> unwrapped(byte[] content) {
    int start = MARK.length + SUM;
    if (content.length < start || !Arrays.equals(MARK, 0, MARK.length, content, 0, MARK.length)) {
      return Optional.empty();
    }
    byte[] program = Arrays.copyOfRange(content, start, content.length);
    boolean whole = Arrays.equals(sum(program), Arrays.copyOfRange(content, MARK.length, start));
    return whole ? Optional.of(program) : Optional.empty();
  }

  /** Keeps a program, in place of what is there. */
  void keep(String key, byte[] program) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, key, ".part");
      try {
        Files.write(part, wrapped(program));
        Files.move(
            part,
            file(folder, key),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException unwritable) {
      // The next process compiles as this one did.
    }
  }

  private static byte[] wrapped(byte[] program) {
    return ByteBuffer.allocate(MARK.length + SUM + program.length)
        .put(MARK)
        .put(sum(program))
        .put(program)
        .array();
  }

  private static Path file(Path folder, String key) {
    return folder.resolve(key + ".clbin");
  }
}
