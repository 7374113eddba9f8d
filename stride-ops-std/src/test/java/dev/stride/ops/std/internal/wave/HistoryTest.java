package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import org.junit.jupiter.api.Test;

class HistoryTest {

  @Test
  void steps_lie_one_after_the_other_in_chunks_of_at_most_32_mebibytes() {
    int stepSize = 3_000_000;
    History<float[]> history = new History<>(Precision.SINGLE, new ArrayPool(), 5, stepSize);
    float[] first = history.array(0);
    assertThat(history.array(1)).isSameAs(first);
    assertThat(history.at(1)).isEqualTo(stepSize);
    assertThat(history.array(2)).isNotSameAs(first);
    assertThat(history.at(2)).isZero();
    assertThat(first.length * 4L).isLessThan(32 << 20);
    assertThat(history.bytes()).isEqualTo(3L * first.length * 4);
  }

  @Test
  void chunks_of_a_closed_history_serve_the_next() {
    ArrayPool pool = new ArrayPool();
    History<float[]> first = new History<>(Precision.SINGLE, pool, 4, 1000);
    float[] chunk = first.array(0);
    first.close();
    History<float[]> second = new History<>(Precision.SINGLE, pool, 4, 1000);
    History<float[]> third = new History<>(Precision.SINGLE, pool, 4, 1000);
    assertThat(second.array(0)).isSameAs(chunk);
    assertThat(third.array(0)).isNotSameAs(chunk);
    assertThat(new History<>(Precision.DOUBLE, pool, 4, 1000).array(0)).hasSize(4000);
  }

  @Test
  void no_steps_take_no_bytes() {
    assertThat(new History<>(Precision.SINGLE, new ArrayPool(), 0, 1000).bytes()).isZero();
  }

  @Test
  void shotMemory_covers_what_a_shot_allocates() {
    WaveGrid grid = new WaveGrid(Shape.of(245, 245), 1e-3);
    long bytes = ShotMemory.bytes(grid, 10, DataType.FLOAT32, 1300);
    long wavefield = 245L * 245 * 4 * 1299;
    assertThat(bytes).isBetween(wavefield, wavefield * 6 / 5);
    assertThat(ShotMemory.bytes(grid, 10, DataType.FLOAT64, 1300)).isGreaterThan(3 * bytes / 2);
  }

  @Test
  void layout_aligns_rows_and_keeps_them_apart() {
    for (int columns = 1; columns < 300; columns += 7) {
      WaveGrid grid = new WaveGrid(Shape.of(12, columns), 1);
      FieldLayout layout = new FieldLayout(grid, 5, 8, Float.BYTES);
      assertThat((layout.index(0, 0, 0) * 4 + 16) % 64).isZero();
      assertThat(layout.pitch() % 8).isZero();
      assertThat(layout.pitch()).isGreaterThanOrEqualTo(columns + 5);
      assertThat(layout.width()).isBetween(columns, layout.pitch());
      assertThat(layout.pitch() * 4 % 4096).isNotZero();
      int last = layout.index(0, 11, 0) + layout.width() + 5 * layout.pitch() + 5;
      assertThat(layout.size()).isGreaterThanOrEqualTo(last);
    }
  }
}
