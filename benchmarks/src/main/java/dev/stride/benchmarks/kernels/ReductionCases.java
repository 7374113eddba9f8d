package dev.stride.benchmarks.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * Reductions of matrices over all axes, the last and the leading one against plain C, which sums in
 * float64 as Stride does, and their adjoints against their forwards.
 */
public final class ReductionCases implements CaseFamily {

  private static final int COLUMNS = 1024;

  private static final FunctionDescriptor REDUCE =
      FunctionDescriptor.ofVoid(
          JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);

  private final NativeLibrary c = NativeLibrary.ofSource("reductions");

  /** Reads whether there is a C compiler. */
  public ReductionCases() {}

  /** An operator, and its number in C. */
  private record Row(String name, int what) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("sum", 0),
          new Row("max", 1),
          new Row("norm", 2),
          new Row("variance", 3),
          new Row("logsumexp", 4));

  /** Which axes of a matrix are reduced. */
  private enum Over {
    ALL,
    LAST,
    LEADING;

    private List<Integer> axes() {
      return switch (this) {
        case ALL -> List.of();
        case LAST -> List.of(1);
        case LEADING -> List.of(0);
      };
    }
  }

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return ROWS.stream()
        .flatMap(row -> Stream.of(Over.values()).flatMap(over -> cases(row, over, teams)));
  }

  private Stream<KernelCase> cases(Row row, Over over, Teams teams) {
    return Stream.of(
        forward(row, over, Sizes.SMALL, 1, teams),
        forward(row, over, Sizes.MEDIUM, 1, teams),
        forward(row, over, Sizes.MEDIUM, 2, teams),
        forward(row, over, Sizes.LARGE, 1, teams),
        forward(row, over, Sizes.LARGE, 2, teams),
        adjoint(row, over, Sizes.MEDIUM, teams));
  }

  private static Shape shape(Sizes size) {
    return Shape.of(size.bytes() / 4 / COLUMNS, COLUMNS);
  }

  private static String name(Row row, Over over, Sizes size, int threads) {
    return "reduce_"
        + row.name
        + "_"
        + over.name().toLowerCase(Locale.ROOT)
        + "_f32_"
        + size.name()
        + "_t"
        + threads;
  }

  private static DirectCall call(Row row, Over over, Sizes size, int threads, Teams teams) {
    Shape shape = shape(size);
    Tensor few = size.tensor(DataType.FLOAT32, 1, DoubleUnaryOperator.identity());
    float[] all = new float[shape.size()];
    float[] given = HeapArray.floats(few);
    for (int i = 0; i < all.length; i++) {
      all[i] = given[i % given.length];
    }
    DirectCall call = DirectCall.of("stride." + row.name, Tensor.adopt(shape, all));
    DirectCall along = over == Over.ALL ? call : call.with("axes", over.axes());
    return along.on(teams.of(threads));
  }

  private KernelCase forward(Row row, Over over, Sizes size, int threads, Teams teams) {
    Shape shape = shape(size);
    return KernelCase.bytes(
        name(row, over, size, threads),
        4.0 * shape.size(),
        () -> contest(row, over, call(row, over, size, threads, teams), shape, threads));
  }

  private Contest contest(Row row, Over over, DirectCall call, Shape shape, int threads) {
    long rows = shape.extent(0);
    long columns = shape.extent(1);
    long outer = over == Over.LAST ? rows : 1;
    long n = over == Over.ALL ? rows * columns : over == Over.LAST ? columns : rows;
    long inner = over == Over.LEADING ? columns : 1;
    float[] results = new float[(int) (outer * inner)];
    MemorySegment x = MemorySegment.ofArray(HeapArray.floats(call.tensor("x")));
    MemorySegment y = MemorySegment.ofArray(results);
    return Contest.of(call::forward)
        .against(
            c,
            "reduce",
            REDUCE,
            reduce ->
                () -> {
                  reduce.invokeExact(row.what, x, y, outer, n, inner, threads);
                })
        .comparing(() -> Contest.distance(call.forward(), results), 1e-5);
  }

  /** The yardstick is the same call's forward: an adjoint is to take at most 2.5 times as long. */
  private static KernelCase adjoint(Row row, Over over, Sizes size, Teams teams) {
    return KernelCase.bytes(
        name(row, over, size, 1) + "_adjoint",
        4.0 * shape(size).size(),
        () -> {
          DirectCall call = call(row, over, size, 1, teams).forAdjoint(null);
          return Contest.of(call::adjoint).against("forward", call::forward);
        });
  }
}
