package dev.stride.ops.std.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accumulators have the same bits whatever code adds to them. */
class LanesTest {

  private static final int COUNT = 37 * Lanes.COUNT;

  @ParameterizedTest
  @EnumSource(Addition.class)
  void vector_code_gives_the_bits_of_plain_code(Addition what) {
    assumeThat(VectorUnit.lanes(DataType.FLOAT64))
        .as("a vector unit of float64 lanes")
        .isGreaterThanOrEqualTo(VectorLanes.WIDTH);
    for (DataType type : DataType.values()) {
      assertThat(added(new VectorLanes(), what, type))
          .as("%s", type)
          .isEqualTo(added(new PlainLanes(), what, type));
    }
  }

  @ParameterizedTest
  @EnumSource(Addition.class)
  void each_code_adds_term_after_term(Addition what) {
    for (DataType type : DataType.values()) {
      Object x = HeapArray.of(Tensor.random(Shape.of(3 + COUNT), type, 1));
      Object y = HeapArray.of(Tensor.random(Shape.of(5 + COUNT), type, 2));
      double[] expected = new double[Lanes.COUNT];
      for (int i = 0; i < COUNT; i++) {
        double term = HeapArray.get(x, 3 + i);
        double deviation =
            type == DataType.FLOAT32
                ? ((float[]) x)[3 + i] - ((float[]) y)[5]
                : term - HeapArray.get(y, 5);
        expected[i % Lanes.COUNT] +=
            switch (what) {
              case TERMS -> term;
              case SQUARES -> term * term;
              case PRODUCTS -> term * HeapArray.get(y, 5 + i);
              case DEVIATIONS -> deviation * deviation;
            };
      }
      assertThat(added(new PlainLanes(), what, type)).as("%s", type).isEqualTo(expected);
    }
  }

  private static double[] added(LaneCode code, Addition what, DataType type) {
    Object x = HeapArray.of(Tensor.random(Shape.of(3 + COUNT), type, 1));
    Object y = HeapArray.of(Tensor.random(Shape.of(5 + COUNT), type, 2));
    double[] lanes = new double[Lanes.COUNT];
    code.add(what, x, 3, y, 5, COUNT, lanes);
    return lanes;
  }
}
