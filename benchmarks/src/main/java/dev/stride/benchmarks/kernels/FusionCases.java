package dev.stride.benchmarks.kernels;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.kernel.Kernel;
import dev.stride.ops.std.internal.kernel.UnaryFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * What one loop over a chain of element-wise operators would win against the operators in a row,
 * each of which allocates its result. Whole calls of operators cost the same on top of both.
 */
public final class FusionCases implements CaseFamily {

  private static final Expression A = Expression.operand(0);
  private static final Expression B = Expression.operand(1);

  private static final Kernel MULTIPLY = Kernel.of(BinaryFunction.MULTIPLY.of(A, B), 2);
  private static final Kernel ADD = Kernel.of(BinaryFunction.ADD.of(A, B), 2);
  private static final Kernel EXP = Kernel.of(UnaryFunction.EXP.of(A), 1);
  private static final Kernel NEGATE = Kernel.of(A.negated(), 1);

  private static final Kernel TWO = Kernel.of(A.times(B).plus(B), 2);
  private static final Kernel THREE = Kernel.of(A.times(B).plus(B).times(A), 2);
  private static final Kernel BELL =
      Kernel.of(UnaryFunction.EXP.of(A.times(A).negated()).times(B), 2);

  /** Needs nothing but Java. */
  public FusionCases() {}

  /** A chain in one loop, and in a row. */
  private record Chain(String name, Kernel fused, Row row) {}

  /** Operators in a row. */
  @FunctionalInterface
  private interface Row {
    Tensor of(Parallel parallel, Tensor a, Tensor b);
  }

  private static final Chain[] CHAINS = {
    new Chain("two", TWO, (team, a, b) -> ADD.map(team, MULTIPLY.map(team, a, b), b)),
    new Chain(
        "three",
        THREE,
        (team, a, b) -> MULTIPLY.map(team, ADD.map(team, MULTIPLY.map(team, a, b), b), a)),
    new Chain(
        "bell",
        BELL,
        (team, a, b) ->
            MULTIPLY.map(team, EXP.map(team, NEGATE.map(team, MULTIPLY.map(team, a, a))), b))
  };

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return Stream.of(CHAINS)
        .flatMap(chain ->
            Stream.of(Sizes.SMALL, Sizes.MEDIUM, Sizes.LARGE)
                .flatMap(size ->
                    Stream.of(1, 2)
                        .filter(threads -> threads == 1 || size != Sizes.SMALL)
                        .map(threads -> fused(chain, size, threads, teams))));
  }

  private static KernelCase fused(Chain chain, Sizes size, int threads, Teams teams) {
    return KernelCase.bytes(
        "fused_" + chain.name + "_f32_" + size.name() + "_t" + threads,
        3.0 * size.bytes(),
        () -> {
          Tensor a = size.tensor(DataType.FLOAT32, 1, DoubleUnaryOperator.identity());
          Tensor b = size.tensor(DataType.FLOAT32, 2, DoubleUnaryOperator.identity());
          Parallel team = teams.of(threads);
          return Contest.of(() -> chain.fused.map(team, a, b))
              .against("operators in a row", () -> chain.row.of(team, a, b));
        });
  }
}
