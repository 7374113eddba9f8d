package dev.stride.ops.std;

import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Calls of the pack's operators with samples that are large enough to be split into chunks: tensors
 * of registered samples, repeated along the first axis, where an operator takes that.
 */
final class LargeSamples {

  private static final int ELEMENTS = 100_000;

  private LargeSamples() {}

  /** One call an operator, by its name. */
  static Map<String, BareCall> of(DataType type) {
    Map<String, Arguments> made = made();
    Map<String, BareCall> calls = new LinkedHashMap<>();
    RegisteredOperators.ofStandardPack()
        .forEach((operator, samples) -> {
          Stream<Arguments> wanted =
              made.containsKey(operator.name())
                  ? Stream.of(made.get(operator.name()))
                  : samples.stream()
                      .map(sample -> enlarged(sample.arguments()))
                      .filter(LargeSamples::isLarge);
          wanted
              .map(arguments -> BareCall.of((BlockingOperator<?>) operator, arguments, type))
              .filter(LargeSamples::runs)
              .findFirst()
              .ifPresent(call -> calls.put(operator.name(), call));
        });
    return calls;
  }

  /** Samples of operators that do not take repeated ones. */
  private static Map<String, Arguments> made() {
    int rows = ELEMENTS / 4;
    Arguments systems = Arguments.of(systems(ELEMENTS / 25), random(ELEMENTS / 25, 5, 2));
    return Map.of(
        "stride.outer",
        Arguments.of(random(400), random(300)),
        "stride.solve",
        systems,
        "stride.triangular-solve",
        systems,
        "stride.broadcast",
        Arguments.of(random(1, 400), Shape.of(300, 400)),
        "stride.divergence",
        Arguments.of(random(2, 200, 300), 0.5),
        "stride.csr-matvec",
        Arguments.of(
            random(4 * rows),
            random(1000),
            numbers(rows + 1, i -> 4 * i),
            numbers(4 * rows, i -> (int) (i * 7919L % 1000))));
  }

  private static Tensor random(int... extents) {
    return Tensor.random(Shape.of(extents), DataType.FLOAT64, 55);
  }

  /** Matrices of 5 rows with large diagonals. */
  private static Tensor systems(int count) {
    double[] all = random(count, 5, 5).toDoubleArray();
    for (int i = 0; i < all.length; i++) {
      all[i] += i % 25 % 6 == 0 ? 9 : 0;
    }
    return Tensor.adopt(Shape.of(count, 5, 5), all);
  }

  private static Tensor numbers(int count, IntUnaryOperator number) {
    double[] all = new double[count];
    Arrays.setAll(all, number::applyAsInt);
    return Tensor.adopt(Shape.of(count), all);
  }

  private static boolean isLarge(Arguments arguments) {
    return Stream.concat(arguments.positional().stream(), arguments.named().values().stream())
        .anyMatch(LargeSamples::isLarge);
  }

  private static boolean isLarge(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(LargeSamples::isLarge);
    }
    return value instanceof Tensor tensor && tensor.size() >= ELEMENTS;
  }

  private static boolean runs(BareCall call) {
    try {
      call.forward();
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static Arguments enlarged(Arguments given) {
    int lead = lead(given.positional());
    List<Object> positional = new ArrayList<>();
    given.positional().forEach(value -> positional.add(enlarged(value, lead)));
    Arguments all = Arguments.of(positional.toArray());
    for (Map.Entry<String, Object> named : given.named().entrySet()) {
      all = all.with(named.getKey(), enlarged(named.getValue(), lead));
    }
    return all;
  }

  private static int lead(Object value) {
    if (value instanceof Tensor tensor && tensor.shape().rank() > 0) {
      return tensor.shape().extent(0);
    }
    if (value instanceof List<?> list) {
      return list.stream().mapToInt(LargeSamples::lead).filter(n -> n > 0).findFirst().orElse(0);
    }
    return 0;
  }

  private static Object enlarged(Object value, int lead) {
    if (value instanceof List<?> list) {
      return list.stream().map(one -> enlarged(one, lead)).toList();
    }
    if (value instanceof Tensor tensor) {
      boolean repeats =
          tensor.size() > 0 && tensor.shape().rank() > 0 && tensor.shape().extent(0) == lead;
      return repeats ? repeated(tensor) : tensor;
    }
    return value;
  }

  private static Tensor repeated(Tensor tensor) {
    int copies = Math.ceilDiv(ELEMENTS, tensor.size());
    int[] extents = tensor.shape().toArray();
    extents[0] *= copies;
    double[] few = tensor.toDoubleArray();
    double[] all = new double[few.length * copies];
    for (int copy = 0; copy < copies; copy++) {
      System.arraycopy(few, 0, all, copy * few.length, few.length);
    }
    return Tensor.adopt(Shape.of(extents), all);
  }
}
