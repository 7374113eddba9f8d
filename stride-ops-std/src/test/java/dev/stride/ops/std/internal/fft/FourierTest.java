package dev.stride.ops.std.internal.fft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FourierTest {

  private static final int[] LENGTHS = {
    1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 31, 34, 105, 128, 256, 257, 509, 512, 867, 1009, 1155, 4096
  };

  private final Fourier fourier = new Fourier();

  @ParameterizedTest
  @EnumSource
  void every_length_gives_the_sum_that_defines_it(DataType type) {
    for (int length : LENGTHS) {
      Fourier.Pair x = random(Shape.of(3, length), type);
      Fourier.Pair y = fourier.complex(x, 1, false, 1, Parallel.serial());
      double tolerance = 8 * unit(type) * Math.sqrt(length);
      for (int k = 0; k < length; k += 1 + length / 50) {
        double[] expected = sum(x, length, k);
        assertThat(y.real().get(1, k) - expected[0])
            .as("%d of %d", k, length)
            .isBetween(-tolerance * Math.sqrt(length), tolerance * Math.sqrt(length));
        assertThat(y.imaginary().get(1, k) - expected[1])
            .as("%d of %d", k, length)
            .isBetween(-tolerance * Math.sqrt(length), tolerance * Math.sqrt(length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void transform_and_inverse_err_by_a_few_roundings(DataType type) {
    for (int length : LENGTHS) {
      Tensor x = Tensor.random(Shape.of(2, length), type, 7);
      Fourier.Pair half = fourier.half(x, 1, 1, 1, false, Parallel.serial());
      double scale = 1.0 / length;
      Tensor back = fourier.whole(half, length, 1, scale, scale, true, Parallel.serial());
      double bound = 1.5 * unit(type) * Math.sqrt(1 + Math.log(length) / Math.log(2));
      assertThat(back.minus(x).norm() / x.norm()).as("length %d", length).isLessThan(2 * bound);
    }
  }

  @Test
  void bits_depend_neither_on_threads_nor_on_the_order_of_chunks() {
    for (Shape shape : new Shape[] {Shape.of(1, 1 << 16), Shape.of(300, 96), Shape.of(2, 10007)}) {
      Fourier.Pair x = random(shape, DataType.FLOAT32);
      Fourier.Pair serial = fourier.complex(x, 2, true, 0.5, Parallel.serial());
      assertThat(fourier.complex(x, 2, true, 0.5, new Backwards())).isEqualTo(serial);
      Fourier.Pair half = fourier.half(x.real(), 2, 1, 1, false, Parallel.serial());
      assertThat(fourier.half(x.real(), 2, 1, 1, false, new Backwards())).isEqualTo(half);
    }
  }

  @Test
  void plain_code_and_vector_code_agree_to_the_bit() {
    Passes plain = new Passes(DataType.FLOAT32, 0);
    Passes vector = new Passes(DataType.FLOAT32);
    for (int length : LENGTHS) {
      Fourier.Pair x = random(Shape.of(8, length), DataType.FLOAT32);
      assertThat(transformed(x, length, plain)).isEqualTo(transformed(x, length, vector));
    }
  }

  @Test
  void a_line_that_is_not_a_number_spoils_no_other() {
    for (int length : new int[] {16, 31, 1009, 4096}) {
      Tensor x = Tensor.random(Shape.of(3, length), DataType.FLOAT32, 5);
      float[] spoilt = x.toFloatArray().clone();
      spoilt[length / 2] = Float.NaN;
      Fourier.Pair clean = fourier.complex(new Fourier.Pair(x, x), 1, false, 1, Parallel.serial());
      Tensor bad = Tensor.of(x.shape(), spoilt);
      Fourier.Pair dirty =
          fourier.complex(new Fourier.Pair(bad, bad), 1, false, 1, Parallel.serial());
      for (int i = length; i < 3 * length; i++) {
        assertThat(dirty.real().at(i)).isEqualTo(clean.real().at(i));
      }
      assertThat(dirty.real().at(0)).isNaN();
    }
  }

  private static Fourier.Pair transformed(Fourier.Pair x, int length, Passes passes) {
    float[] re = new float[8 * length];
    float[] im = new float[8 * length];
    Rows in = new Rows(x.real().toFloatArray(), x.imaginary().toFloatArray(), 0, length);
    new BundledLines(length, passes).run(in, new Rows(re, im, 0, length), 8, 1, Parallel.serial());
    return new Fourier.Pair(Tensor.adopt(x.shape(), re), Tensor.adopt(x.shape(), im));
  }

  private static Fourier.Pair random(Shape shape, DataType type) {
    return new Fourier.Pair(Tensor.random(shape, type, 1), Tensor.random(shape, type, 2));
  }

  private static double unit(DataType type) {
    return type == DataType.FLOAT32 ? 0x1p-24 : 0x1p-53;
  }

  /** Number {@code k} of the transform of the middle line, in float64 from exact roots. */
  private static double[] sum(Fourier.Pair x, int length, int k) {
    double re = 0;
    double im = 0;
    for (int j = 0; j < length; j++) {
      double cos = UnitRoots.cos((long) j * k % length, length);
      double sin = UnitRoots.sin((long) j * k % length, length);
      re += cos * x.real().get(1, j) + sin * x.imaginary().get(1, j);
      im += cos * x.imaginary().get(1, j) - sin * x.real().get(1, j);
    }
    return new double[] {re, im};
  }

  /** Runs chunks from the last to the first. */
  private static final class Backwards implements Parallel {
    @Override
    public int threads() {
      return 3;
    }

    @Override
    public void run(int chunks, IntConsumer chunk) {
      for (int c = chunks - 1; c >= 0; c--) {
        chunk.accept(c);
      }
    }
  }
}
