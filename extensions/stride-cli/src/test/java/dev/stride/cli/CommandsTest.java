package dev.stride.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that look at what was discovered. */
class CommandsTest {

  @Test
  void program_without_a_command_asks_for_one() {
    CommandRun run = CommandRun.of();
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Name a command", "stride --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invert", "operators", "check", "doctor"})
  void help_of_every_command_names_its_options(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: stride " + command, "--json", "--debug", "--help");
  }

  @Test
  void operators_lists_names_packs_and_devices() throws IOException {
    JsonNode json = CommandRun.of("operators", "--json").json();
    assertThat(json.get("operators").findValuesAsText("name"))
        .contains("stride.acoustic-wave", "stride.butterworth", "stride.multiply");
    JsonNode first = json.get("operators").get(0);
    assertThat(first.get("pack").asText()).isEqualTo("stride.std");
    assertThat(first.get("device").asText()).isEqualTo("cpu");
    assertThat(json.get("packs").findValuesAsText("id")).contains("stride.std", "stride.gpu");
  }

  @Test
  void operators_says_why_a_pack_is_not_available() throws IOException {
    CommandRun run = CommandRun.of("operators");
    for (JsonNode pack : CommandRun.of("operators", "--json").json().get("packs")) {
      if (!pack.get("available").asBoolean()) {
        assertThat(pack.get("reason").asText()).isNotBlank();
        assertThat(run.out()).contains(pack.get("reason").asText());
      }
    }
    assertThat(run.out()).contains("stride.acoustic-wave", "pack stride.std");
  }

  @Test
  void doctor_is_content_where_these_tests_run() throws IOException {
    CommandRun run = CommandRun.of("doctor", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.json().get("healthy").asBoolean()).isTrue();
    assertThat(run.json().get("findings").findValuesAsText("topic"))
        .contains("jdk", "vectors", "memory", "opencl", "pack");
    assertThat(CommandRun.of("doctor").out()).contains("ok  jdk");
  }
}
