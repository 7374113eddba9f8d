package dev.stride.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

  private static final List<String> NAMES =
      List.of("stride.multiply", "stride.add", "stride.matmul", "acme.conv", "stride.conv");

  @ParameterizedTest
  @CsvSource({
    "multiply, multiply, 0",
    "multipyl, multiply, 1",
    "multipy, multiply, 1",
    "mulltiply, multiply, 1",
    "moltiply, multiply, 1",
    "'', abc, 3",
    "abc, '', 3",
    "kitten, sitting, 3"
  })
  void edits_counts_insertions_deletions_substitutions_and_swaps(String a, String b, int edits) {
    assertThat(Suggestions.edits(a, b)).isEqualTo(edits);
  }

  @Test
  void sentence_names_what_was_probably_meant() {
    assertThat(Suggestions.sentence("multipyl", NAMES))
        .isEqualTo(" Did you mean \"stride.multiply\"?");
  }

  @Test
  void sentence_looks_past_the_namespace_and_the_case() {
    assertThat(Suggestions.sentence("my.CONV", NAMES))
        .isEqualTo(" Did you mean \"acme.conv\" or \"stride.conv\"?");
  }

  @Test
  void sentence_is_empty_if_nothing_is_close() {
    assertThat(Suggestions.sentence("fourier", NAMES)).isEmpty();
  }
}
