package dev.stride.testkit.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReachTest {

  @Test
  void values_of_the_jdk_need_no_look_inside_whatever_their_package() {
    List<Object> values = List.of(Path.of("folder"), Locale.ROOT, new Object(), "text");
    Reach reach = Reach.everything(List.of(new AtomicReference<>(values)));
    assertThat(reach.closed()).isEmpty();
    assertThat(reach.arrays()).isEmpty();
  }

  @Test
  void arrays_are_found_through_fields_and_collections() {
    double[] numbers = {1, 2};
    assertThat(Reach.everything(List.of(new Holder(List.of(numbers)))).arrays())
        .containsExactly(numbers);
  }

  private record Holder(List<double[]> list) {}
}
