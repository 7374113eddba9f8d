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
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Operators that move elements and compute nothing against plain C, and their adjoints against
 * their forwards. Stride allocates its results, C does not.
 */
public final class ShapeCases implements CaseFamily {

  private static final FunctionDescriptor ONE =
      FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final FunctionDescriptor TWO =
      FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT);

  private final NativeLibrary c = NativeLibrary.ofSource("shapes");

  /** Reads whether there is a C compiler. */
  public ShapeCases() {}

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return Stream.of(90, 1000, 4000)
        .flatMap(n -> Stream.of(1, 2).flatMap(threads -> cases(n, threads, teams)));
  }

  private Stream<KernelCase> cases(int n, int threads, Teams teams) {
    Tensor[] x = {matrix(n, 1), matrix(n, 2)};
    int[] index = new int[n];
    Arrays.setAll(index, i -> (int) (i * 7919L % n));
    Tensor indices = Tensor.of(Arrays.stream(index).asDoubleStream().toArray());
    MemorySegment places = MemorySegment.ofArray(index);
    return Stream.of(
            both(
                name("transpose", n, threads),
                8.0 * n * n,
                () -> DirectCall.of("stride.transpose", x[0]).on(teams.of(threads)),
                call -> transpose(call, x[0], n, threads)),
            both(
                name("concatenate", n, threads),
                16.0 * n * n,
                () ->
                    DirectCall.of("stride.concatenate", List.of(x))
                        .with("axis", 1)
                        .on(teams.of(threads)),
                call -> pair(call, "concatenate", segment(x[0]), segment(x[1]), 2, n, threads)),
            both(
                name("gather", n, threads),
                8.0 * n * n,
                () ->
                    DirectCall.of("stride.gather", x[0], indices)
                        .with("axis", 0)
                        .on(teams.of(threads)),
                call -> pair(call, "gather", segment(x[0]), places, 1, n, threads)))
        .flatMap(cases -> cases);
  }

  private static Tensor matrix(int n, long seed) {
    return Tensor.random(Shape.of(n, n), DataType.FLOAT32, seed);
  }

  private static MemorySegment segment(Tensor tensor) {
    return MemorySegment.ofArray(HeapArray.floats(tensor));
  }

  private static String name(String operator, int n, int threads) {
    return "shape_" + operator + "_f32_" + n + "x" + n + "_t" + threads;
  }

  private static Stream<KernelCase> both(
      String name, double bytes, Supplier<DirectCall> call, Function<DirectCall, Contest> forward) {
    return Stream.of(
        KernelCase.bytes(name, bytes, () -> forward.apply(call.get())),
        KernelCase.bytes(
            name + "_adjoint",
            bytes,
            () -> {
              DirectCall ready = call.get().forAdjoint(null);
              return Contest.of(ready::adjoint).against("forward", ready::forward);
            }));
  }

  private Contest transpose(DirectCall call, Tensor x, int n, int threads) {
    float[] out = new float[n * n];
    MemorySegment in = segment(x);
    MemorySegment y = MemorySegment.ofArray(out);
    return Contest.of(call::forward)
        .against(
            c,
            "transpose",
            ONE,
            loop ->
                () -> {
                  loop.invokeExact(in, y, (long) n, (long) n, threads);
                })
        .comparing(() -> Contest.distance(call.forward(), out), 0);
  }

  private Contest pair(
      DirectCall call,
      String function,
      MemorySegment first,
      MemorySegment second,
      int parts,
      int n,
      int threads) {
    float[] out = new float[parts * n * n];
    MemorySegment y = MemorySegment.ofArray(out);
    return Contest.of(call::forward)
        .against(
            c,
            function,
            TWO,
            loop ->
                () -> {
                  loop.invokeExact(first, second, y, (long) n, (long) n, threads);
                })
        .comparing(() -> Contest.distance(call.forward(), out), 0);
  }
}
