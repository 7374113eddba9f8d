package dev.stride.ops.std.internal.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelProviderTest {

  private static final String TIERED = "mixed mode, sharing";

  @Test
  void without_the_module_the_reason_names_the_flag() {
    assertThat(KernelProvider.Best.obstacle(false, TIERED))
        .contains("jdk.incubator.vector")
        .contains("--add-modules");
  }

  @Test
  void without_the_server_compiler_the_reason_names_what_to_remove() {
    assertThat(KernelProvider.Best.obstacle(true, "interpreted mode")).contains("-Xint");
    assertThat(KernelProvider.Best.obstacle(true, "mixed mode, emulated-client"))
        .contains("-XX:TieredStopAtLevel");
  }

  @Test
  void nothing_stands_in_the_way_here() {
    assertThat(KernelProvider.Best.obstacle(true, TIERED)).isNull();
    assertThat(KernelProvider.best().name()).startsWith("vector");
    assertThat(KernelProvider.scalar().name()).isEqualTo("scalar");
  }

  /** Vector code that was not compiled as such is 50 to 300 times slower, and stays so. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 2, 10",
    "FLOAT32, 3, 8",
    "FLOAT32, 3, 10",
    "FLOAT64, 2, 10",
    "FLOAT64, 3, 10"
  })
  void vector_kernels_are_faster_than_plain_ones(DataType type, int dimensions, int order) {
    double vector = Double.POSITIVE_INFINITY;
    double plain = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 12; round++) {
      vector = Math.min(vector, seconds(type, dimensions, order, KernelProvider.best()));
      plain = Math.min(plain, seconds(type, dimensions, order, KernelProvider.scalar()));
    }
    assertThat(vector).as("seconds, against plain kernels").isLessThan(plain);
  }

  private static double seconds(DataType type, int dimensions, int order, KernelProvider provider) {
    Shape shape = dimensions == 2 ? Shape.of(200, 200) : Shape.of(34, 34, 34);
    TestShots shot = TestShots.random(shape, type, order, 0, 60, 1);
    Propagator<?> propagator = Propagator.of(shot.problem(), provider);
    long begin = System.nanoTime();
    Tensor traces =
        propagator.forward(shot.wavelets(), null, Parallel.serial(), CancellationToken.NONE);
    double seconds = (System.nanoTime() - begin) * 1e-9;
    assertThat(traces.get(0, 0)).isZero();
    return seconds;
  }
}
