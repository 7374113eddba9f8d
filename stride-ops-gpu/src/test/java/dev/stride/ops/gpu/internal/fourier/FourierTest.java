package dev.stride.ops.gpu.internal.fourier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.Opened;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transforms are sums over all samples, whatever the factors of the length. */
class FourierTest {

  /** Products of each radix, factors that are summed, primes beyond them. */
  private static final List<Integer> LENGTHS =
      List.of(1, 2, 3, 4, 5, 7, 8, 12, 30, 61, 64, 66, 67, 84, 201, 256, 500);

  @RegisterExtension static final Opened OPENED = new Opened();

  private static Fourier fourier() {
    return new Fourier(OPENED.device(), new Tables(), "test.fft");
  }

  private static Tensor random(Shape shape, DataType type, long seed) {
    return Tensor.random(shape, type, seed);
  }

  private static Pair uploaded(Tensor real, Tensor imaginary) {
    return new Pair(OPENED.device().upload(real), OPENED.device().upload(imaginary));
  }

  /** {@code sum_j exp(-2 pi i j k / n) x[j]} along the middle one of three axes. */
  private static double[][] summed(Tensor real, Tensor imaginary) {
    int length = real.shape().extent(1);
    int inner = real.shape().extent(2);
    double[][] sums = new double[2][real.size()];
    for (int at = 0; at < real.size(); at++) {
      int behind = at % inner;
      int k = at / inner % length;
      int line = at / inner / length;
      for (int j = 0; j < length; j++) {
        int from = (line * length + j) * inner + behind;
        double cosine = UnitRoots.cos((long) j * k % length, length);
        double sine = UnitRoots.sin((long) j * k % length, length);
        sums[0][at] += real.at(from) * cosine + imaginary.at(from) * sine;
        sums[1][at] += imaginary.at(from) * cosine - real.at(from) * sine;
      }
    }
    return sums;
  }

  private static void requireClose(Tensor computed, double[] expected, DataType type, String what) {
    Tensor reference = Tensor.adopt(computed.shape(), expected);
    double error = computed.toHeap().cast(DataType.FLOAT64).minus(reference).norm();
    double tolerance = type == DataType.FLOAT64 ? 1e-14 : 4e-7;
    assertThat(error).as(what).isLessThanOrEqualTo(tolerance * (1 + reference.norm()));
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void transform_of_every_length_is_the_sum(DataType type) {
    for (int length : LENGTHS) {
      Shape shape = Shape.of(2, length, 1);
      Tensor real = random(shape, type, 3);
      Tensor imaginary = random(shape, type, 4);
      double[][] expected = summed(real, imaginary);
      Shape lines = Shape.of(2, length);
      Pair y =
          fourier().complex(uploaded(real.reshape(lines), imaginary.reshape(lines)), 1, false, 1);

      requireClose(y.real().reshape(shape), expected[0], type, "real parts of " + length);
      requireClose(y.imaginary().reshape(shape), expected[1], type, "imaginary parts of " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void real_numbers_have_half_the_spectrum_and_come_back(DataType type) {
    for (int length : LENGTHS) {
      Tensor x = random(Shape.of(2, length, 1), type, 3);
      double[][] expected = summed(x, Tensor.zeros(x.shape(), type));
      Tensor lines = OPENED.device().upload(x.reshape(Shape.of(2, length)));
      Pair half = fourier().half(lines, 1, 1, 1);
      int bins = length / 2 + 1;
      double[] real = new double[2 * bins];
      for (int at = 0; at < real.length; at++) {
        real[at] = expected[0][at / bins * length + at % bins];
      }
      Tensor back = fourier().whole(half, length, 1, 1.0 / length, 1.0 / length);

      requireClose(half.real(), real, type, "half spectrum of " + length);
      requireClose(back, x.toDoubleArray(), type, "numbers of length " + length);
    }
  }

  @Test
  void axes_before_the_last_are_transformed_side_by_side() {
    Shape shape = Shape.of(3, 10, 4);
    Tensor real = random(shape, DataType.FLOAT64, 3);
    Tensor imaginary = random(shape, DataType.FLOAT64, 4);
    Pair both = fourier().complex(uploaded(real, imaginary), 2, false, 1);
    Pair last = fourier().complex(uploaded(real, imaginary), 1, false, 1);
    double[][] expected = summed(last.real().toHeap(), last.imaginary().toHeap());

    requireClose(both.real(), expected[0], DataType.FLOAT64, "real parts");
    requireClose(both.imaginary(), expected[1], DataType.FLOAT64, "imaginary parts");
  }

  @Test
  void inverse_takes_back_what_the_transform_did() {
    Tensor real = random(Shape.of(3, 134), DataType.FLOAT64, 3);
    Tensor imaginary = random(Shape.of(3, 134), DataType.FLOAT64, 4);
    Pair there = fourier().complex(uploaded(real, imaginary), 2, false, 1);
    Pair back = fourier().complex(there, 2, true, 1.0 / (3 * 134));

    requireClose(back.real(), real.toDoubleArray(), DataType.FLOAT64, "real parts");
    requireClose(back.imaginary(), imaginary.toDoubleArray(), DataType.FLOAT64, "imaginary parts");
  }

  @Test
  void results_are_the_same_bits_every_time() {
    Pair x =
        uploaded(
            random(Shape.of(5, 67), DataType.FLOAT32, 3),
            random(Shape.of(5, 67), DataType.FLOAT32, 4));
    Tensor first = fourier().complex(x, 1, false, 1).real().toHeap();

    assertThat(fourier().complex(x, 1, false, 1).real().toHeap()).isEqualTo(first);
  }
}
