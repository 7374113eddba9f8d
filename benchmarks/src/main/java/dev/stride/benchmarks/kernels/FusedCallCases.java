package dev.stride.benchmarks.kernels;

import dev.stride.api.DataType;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Losses of element-wise operators in {@code stride.fused(...)}, against the same calls one after
 * the other: values and gradients, through the public interface, with all that calls cost.
 */
public final class FusedCallCases implements CaseFamily {

  /** By their threads; their threads end with the process. */
  private final Map<Integer, Stride> engines = new ConcurrentHashMap<>();

  /** Needs nothing but Java. */
  public FusedCallCases() {}

  /** What is computed of two parameters. */
  private record Loss(String name, Function<Leaves, Variable<Tensor>> of) {}

  private record Leaves(Variable<Tensor> a, Variable<Tensor> b) {}

  private static final Loss[] LOSSES = {
    new Loss(
        "squares",
        leaves -> {
          Variable<Tensor> residual = leaves.a.minus(leaves.b).times(leaves.b);
          return residual.times(residual).sum();
        }),
    new Loss("smooth", leaves -> leaves.a.minus(leaves.b).pow(2).plus(1e-3).sqrt().times(0.5).sum())
  };

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return Stream.of(LOSSES)
        .flatMap(loss ->
            Stream.of(Sizes.SMALL, Sizes.MEDIUM, Sizes.LARGE)
                .flatMap(size -> Stream.of(1, 2).map(threads -> fused(loss, size, threads))));
  }

  private KernelCase fused(Loss loss, Sizes size, int threads) {
    return KernelCase.bytes(
        "fused_calls_" + loss.name + "_f32_" + size.name() + "_t" + threads,
        6.0 * size.bytes(),
        () -> {
          Stride stride =
              engines.computeIfAbsent(threads, count -> Stride.builder().threads(count).build());
          Leaves leaves = new Leaves(parameter(stride, size, 1), parameter(stride, size, 2));
          return Contest.of(() -> run(leaves, () -> stride.fused(() -> loss.of.apply(leaves))))
              .against("calls one after the other", () -> run(leaves, () -> loss.of.apply(leaves)));
        });
  }

  private static Variable<Tensor> parameter(Stride stride, Sizes size, int seed) {
    return stride.parameter(size.tensor(DataType.FLOAT32, seed, DoubleUnaryOperator.identity()));
  }

  private static void run(Leaves leaves, Supplier<Variable<Tensor>> loss) {
    loss.get().adjoint().join();
    leaves.a.clearGrad();
    leaves.b.clearGrad();
  }
}
