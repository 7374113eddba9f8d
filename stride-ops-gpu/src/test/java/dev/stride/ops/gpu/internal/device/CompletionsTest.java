package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompletionsTest {

  private final Completions completions = new Completions("test");

  @Test
  void end_completes_after_those_who_are_told_before() throws Exception {
    List<Integer> told = new ArrayList<>();
    completions.failed(-4, 1, told::add);
    completions.failed(-5, 2, told::add);
    completions.close();
    assertThat(told).containsExactly(-4, -5);
    assertThat(completions.haveEnded(2)).isTrue();
    assertThat(completions.end(2)).isNull();
  }

  @Test
  void who_throws_when_told_keeps_nothing_from_the_others() throws Exception {
    CompletableFuture<Integer> told = new CompletableFuture<>();
    completions.failed(
        -4,
        1,
        code -> {
          throw new IllegalStateException("thrown by who was told of " + code + ", on purpose");
        });
    completions.failed(-5, 2, told::complete);
    assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo(-5);
    completions.close();
    assertThat(completions.haveEnded(2)).isTrue();
  }
}
