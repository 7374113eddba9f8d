package dev.stride.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Terminal terminal(boolean interactive) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), interactive);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lines_are_plain_and_at_most_twenty() {
    try (Progress progress = terminal(false).start("invert", 1000)) {
      for (int k = 0; k < 500; k++) {
        progress.advance(2, "step " + k);
      }
    }
    assertThat(written().lines().count()).isBetween(10L, 20L);
    assertThat(written())
        .contains("invert: 500 of 1000, step 249")
        .contains("invert: 1000 of 1000")
        .doesNotContain("\r", "\u001b");
  }

  @Test
  void bar_rewrites_one_line() {
    try (Progress progress = terminal(true).start("invert", 10)) {
      for (int k = 0; k < 10; k++) {
        progress.advance(1, "step " + k);
      }
    }
    assertThat(written()).contains("\r").contains("invert").contains("100%");
  }
}
