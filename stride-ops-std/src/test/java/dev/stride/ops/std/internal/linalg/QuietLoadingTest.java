package dev.stride.ops.std.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuietLoadingTest {

  private static final String NAME = "dev.stride.test.loading";

  private final List<String> heard = new ArrayList<>();
  private final Logger logger = Logger.getLogger(NAME);
  private final Handler ears =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          heard.add(message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(ears);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void forget() {
    logger.removeHandler(ears);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
    logger.setFilter(null);
  }

  @Test
  void announcement_is_not_heard_but_a_warning_is() {
    assertThat(QuietLoading.of(NAME, this::load)).isEqualTo("loaded");
    assertThat(heard).containsExactly("broken");
  }

  @Test
  void logger_is_as_it_was_afterwards_and_after_a_failure() {
    logger.setFilter(message -> !message.getMessage().equals("broken"));
    QuietLoading.of(NAME, this::load);
    assertThatThrownBy(() ->
            QuietLoading.of(
                NAME,
                () -> {
                  throw new IllegalStateException("missing");
                }))
        .hasMessage("missing");
    assertThat(heard).isEmpty();
    load();
    assertThat(heard).containsExactly("announced");
  }

  @Test
  void level_that_the_application_has_set_holds() {
    logger.setLevel(Level.INFO);
    QuietLoading.of(NAME, this::load);
    assertThat(heard).containsExactly("announced", "broken");
  }

  private String load() {
    logger.info("announced");
    logger.warning("broken");
    return "loaded";
  }
}
