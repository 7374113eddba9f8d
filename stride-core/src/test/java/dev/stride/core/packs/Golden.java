package dev.stride.core.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Compares a message with a golden file; what differs from run to run is blanked. */
public final class Golden {

  private Golden() {}

  /**
   * The message is what {@code errors/NAME.txt} says, with each jar or folder as {@code [path]}.
   */
  public static void assertMessage(Throwable failure, String name) {
    assertThat(blanked(String.valueOf(failure.getMessage())) + "\n")
        .as("errors/" + name + ".txt")
        .isEqualTo(read("/errors/" + name + ".txt"));
  }

  private static String blanked(String message) {
    return message.replaceAll("(?<=[ (])/[^ ,:()]*/([^ /,:()]*)", "[path]/$1");
  }

  private static String read(String resource) {
    try (InputStream stream = Golden.class.getResourceAsStream(resource)) {
      assertThat(stream).as("golden file %s", resource).isNotNull();
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
