package dev.stride.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.stride.api.spi.Availability;
import dev.stride.core.packs.LambdaPack;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrideBuilderTest {

  @Test
  void threads_below_one_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stride.builder().threads(0))
        .withMessage("threads is 0; expected at least 1");
  }

  @Test
  void maximumUnfinished_below_zero_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stride.builder().maximumUnfinished(-1))
        .withMessage("maximumUnfinished is -1; expected 0 (no bound) or more");
  }

  @Test
  void closeTimeout_below_zero_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Stride.builder().closeTimeout(Duration.ofSeconds(-1)))
        .withMessage("closeTimeout is PT-1S; expected zero or more");
  }

  @Test
  void configure_refuses_two_values_for_one_key() {
    StrideBuilder builder =
        Stride.builder().configure("acme.order", "4").configure("acme.order", "4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.configure("acme.order", "5"))
        .withMessage("setting \"acme.order\" is given twice: \"4\" and \"5\"");
  }

  @Test
  void configure_reaches_the_pack() {
    Map<String, String> seen = new HashMap<>();
    LambdaPack pack =
        LambdaPack.probing(
            "acme",
            context -> {
              seen.putAll(context.configuration());
              return Availability.available();
            });
    StrideBuilder builder = Stride.builder().withoutDiscovery().pack(pack);
    try (Stride stride = builder.configure("acme.order", "4").build()) {
      assertThat(stride.discovery().pack("acme")).isPresent();
    }
    assertThat(seen).containsOnly(Map.entry("order", "4"));
  }

  @Test
  @SuppressWarnings("NullAway")
  void null_is_refused_at_once() {
    assertThatNullPointerException().isThrownBy(() -> Stride.builder().pack(null));
    assertThatNullPointerException().isThrownBy(() -> Stride.builder().executor(null));
    assertThatNullPointerException().isThrownBy(() -> Stride.builder().requirePack(null));
    assertThatNullPointerException().isThrownBy(() -> Stride.builder().listener(null));
  }
}
