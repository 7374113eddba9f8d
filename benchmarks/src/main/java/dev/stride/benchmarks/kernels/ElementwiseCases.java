package dev.stride.benchmarks.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.HeapArray;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Element-wise operators against plain C loops, and their adjoints against their forwards. */
public final class ElementwiseCases implements CaseFamily {

  private static final FunctionDescriptor LOOP =
      FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final Expression A = Expression.operand(0);
  private static final Expression B = Expression.operand(1);

  private final NativeLibrary c = NativeLibrary.ofSource("kernels");

  /** One operator, with its formula and the numbers that it is given. */
  private record Row(
      String name, Expression formula, int arity, DoubleUnaryOperator domain, double tolerance) {

    static Row of(UnaryFunction function, DoubleUnaryOperator domain) {
      return new Row(
          function.name().toLowerCase(java.util.Locale.ROOT), function.of(A), 1, domain, 1e-5);
    }

    static Row of(String name, BinaryFunction function, DoubleUnaryOperator domain) {
      return new Row(name, function.of(A, B), 2, domain, 1e-5);
    }
  }

  private static final DoubleUnaryOperator ANY = DoubleUnaryOperator.identity();
  private static final DoubleUnaryOperator POSITIVE = Math::exp;
  private static final DoubleUnaryOperator UNIT = Math::tanh;

  private static final List<Row> ROWS =
      List.of(
          Row.of("add", BinaryFunction.ADD, ANY),
          Row.of("multiply", BinaryFunction.MULTIPLY, ANY),
          Row.of("divide", BinaryFunction.DIVIDE, POSITIVE),
          Row.of("maximum", BinaryFunction.MAX, ANY),
          Row.of(UnaryFunction.SQRT, POSITIVE),
          Row.of(UnaryFunction.EXP, ANY),
          Row.of(UnaryFunction.EXPM1, ANY),
          Row.of(UnaryFunction.LOG, POSITIVE),
          Row.of(UnaryFunction.LOG1P, POSITIVE),
          Row.of(UnaryFunction.SIN, ANY),
          Row.of(UnaryFunction.COS, ANY),
          Row.of(UnaryFunction.TAN, ANY),
          Row.of(UnaryFunction.ASIN, UNIT),
          Row.of(UnaryFunction.ACOS, UNIT),
          Row.of(UnaryFunction.ATAN, ANY),
          Row.of(UnaryFunction.SINH, ANY),
          Row.of(UnaryFunction.COSH, ANY),
          Row.of(UnaryFunction.TANH, ANY),
          Row.of("power", BinaryFunction.POW, POSITIVE),
          Row.of("atan2", BinaryFunction.ATAN2, ANY));

  /** Reads whether there is a C compiler. */
  public ElementwiseCases() {}

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return ROWS.stream().flatMap(row -> cases(row, teams));
  }

  private Stream<KernelCase> cases(Row row, Teams teams) {
    Stream<KernelCase> single =
        Stream.of(Sizes.SMALL, Sizes.MEDIUM, Sizes.LARGE)
            .flatMap(size ->
                Stream.of(1, 2)
                    .filter(threads -> threads == 1 || size != Sizes.SMALL)
                    .map(threads -> forward(row, DataType.FLOAT32, size, threads, teams)));
    return Stream.concat(
        single,
        Stream.of(
            forward(row, DataType.FLOAT64, Sizes.MEDIUM, 1, teams),
            adjoint(row, DataType.FLOAT32, Sizes.MEDIUM, teams)));
  }

  private static String suffix(DataType type, Sizes size, int threads) {
    return (type == DataType.FLOAT32 ? "_f32_" : "_f64_") + size.name() + "_t" + threads;
  }

  private KernelCase forward(Row row, DataType type, Sizes size, int threads, Teams teams) {
    double bytes = (row.arity + 1.0) * size.elements(type) * type.bytes();
    return KernelCase.bytes(
        row.name + suffix(type, size, threads),
        bytes,
        () -> contest(row, type, size, threads, teams.of(threads)));
  }

  private Contest contest(Row row, DataType type, Sizes size, int threads, Parallel team) {
    Tensor[] operands = operands(row, type, size);
    Kernel kernel = Kernel.of(row.formula, row.arity);
    int count = size.elements(type);
    Object ours = HeapArray.zeros(type, count);
    Object theirs = HeapArray.zeros(type, count);
    MemorySegment a = segment(HeapArray.of(operands[0]));
    MemorySegment b = segment(HeapArray.of(operands[row.arity - 1]));
    MemorySegment out = segment(theirs);
    String function = row.name + (type == DataType.FLOAT32 ? "_f32" : "_f64");
    return Contest.of(() -> kernel.into(ours, team, new double[0], operands))
        .fresh(() -> kernel.map(team, operands))
        .against(
            c,
            function,
            LOOP,
            loop ->
                () -> {
                  loop.invokeExact(a, b, out, (long) count, threads);
                })
        .comparing(
            () -> Contest.distance(adopted(ours, count), adopted(theirs, count)), row.tolerance);
  }

  private static Tensor[] operands(Row row, DataType type, Sizes size) {
    Tensor first = size.tensor(type, 1, row.domain);
    return row.arity == 1
        ? new Tensor[] {first}
        : new Tensor[] {first, size.tensor(type, 2, row.domain)};
  }

  private static Tensor adopted(Object array, int count) {
    return HeapArray.adopt(Shape.of(count), array);
  }

  private static MemorySegment segment(Object array) {
    return array instanceof float[] floats
        ? MemorySegment.ofArray(floats)
        : MemorySegment.ofArray((double[]) array);
  }

  /** The yardstick is the same call's forward: an adjoint is to take at most 2.5 times as long. */
  private KernelCase adjoint(Row row, DataType type, Sizes size, Teams teams) {
    double bytes = (row.arity + 1.0) * size.elements(type) * type.bytes();
    return KernelCase.bytes(
        row.name + "_adjoint" + suffix(type, size, 1),
        bytes,
        () -> {
          DirectCall call =
              DirectCall.of("stride." + row.name, (Object[]) operands(row, type, size))
                  .on(teams.of(1))
                  .forAdjoint(null);
          return Contest.of(call::adjoint).against("forward", call::forward);
        });
  }
}
