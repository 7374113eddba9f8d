package dev.stride.ops.std.internal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.Backwards;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Picking and adding slabs, on sizes that are split into chunks. */
class TakeTest {

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1", "FLOAT64, 1", "FLOAT32, 3", "FLOAT64, 3"})
  void slabs_are_picked_and_added_alike_for_every_schedule(DataType type, int slab) {
    Shape from = Shape.of(40, 500, slab);
    int[] indices = IntStream.range(0, 999).map(i -> i * i % 500).toArray();
    Take take = Take.along(from, 1, indices);
    Tensor x = Tensor.random(from, type, 44);
    Backwards backwards = new Backwards();
    Tensor y = take.forward(x, backwards);
    Tensor back = take.adjoint(y, backwards);
    assertThat(backwards.runs()).isEqualTo(2);
    assertThat(take.forward(x, Parallel.serial())).isEqualTo(y);
    assertThat(take.adjoint(y, Parallel.serial())).isEqualTo(back);
    for (int at = 0; at < 500; at++) {
      int place = at;
      assertThat(y.get(39, at, slab - 1)).isEqualTo(x.get(39, indices[at], slab - 1));
      long copies = IntStream.of(indices).filter(i -> i == place).count();
      double sum = copies * x.get(39, at, slab - 1);
      assertThat(back.get(39, at, slab - 1))
          .isEqualTo(type == DataType.FLOAT32 ? (float) sum : sum);
    }
  }
}
