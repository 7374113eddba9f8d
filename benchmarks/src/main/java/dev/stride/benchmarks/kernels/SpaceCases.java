package dev.stride.benchmarks.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.std.internal.kernel.HeapArray;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Differences, interpolation, sparse products and losses against plain C on one thread, results
 * allocated by each call, and their adjoints against their forwards.
 */
public final class SpaceCases implements CaseFamily {

  private final NativeLibrary c = NativeLibrary.ofSource("space");

  /** Reads whether there is a C compiler. */
  public SpaceCases() {}

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return Stream.of(
            laplacian(1, 90, 88),
            laplacian(1, 1024, 1000),
            laplacian(20, 20, 20),
            laplacian(120, 100, 100),
            interpolate(1000),
            interpolate(200_000),
            csr(1000),
            csr(100_000),
            huber(8000),
            huber(1_000_000))
        .flatMap(cases -> cases);
  }

  private static Stream<KernelCase> both(
      String name, double bytes, Supplier<DirectCall> call, Supplier<Contest> forward) {
    return Stream.of(
        KernelCase.bytes(name, bytes, forward),
        KernelCase.bytes(
            name + "_adjoint",
            bytes,
            () -> {
              DirectCall ready = call.get().forAdjoint(null);
              return Contest.of(ready::adjoint).against("forward", ready::forward);
            }));
  }

  private static Tensor random(Shape shape, long seed) {
    return Tensor.random(shape, DataType.FLOAT32, seed);
  }

  private static MemorySegment segment(Tensor tensor) {
    return MemorySegment.ofArray(HeapArray.floats(tensor));
  }

  private Stream<KernelCase> laplacian(int nz, int ny, int nx) {
    Shape shape = nz == 1 ? Shape.of(ny, nx) : Shape.of(nz, ny, nx);
    Supplier<DirectCall> call =
        () ->
            DirectCall.of("stride.laplacian", random(shape, 1))
                .with("spacing", List.of(1))
                .with("order", 8)
                .with("edge", "zero");
    return both(
        "laplacian_f32_" + shape.toString().replaceAll("[\\[\\] ]", "").replace(',', 'x'),
        8.0 * shape.size(),
        call,
        () -> {
          DirectCall ours = call.get();
          MemorySegment x = segment(random(shape, 1));
          float[] out = new float[shape.size()];
          MemorySegment y = MemorySegment.ofArray(out);
          FunctionDescriptor type =
              FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
          return Contest.of(ours::forward)
              .against(
                  c,
                  "laplacian",
                  type,
                  loop ->
                      () -> {
                        loop.invokeExact(x, y, (long) nz, (long) ny, (long) nx);
                      })
              .comparing(() -> Contest.distance(ours.forward(), out), 1e-5);
        });
  }

  private Stream<KernelCase> interpolate(int count) {
    Shape grid = Shape.of(500, 400);
    Tensor points = random(Shape.of(count, 2), 2).map(v -> 399 / (1 + Math.exp(-v)));
    Supplier<DirectCall> call = () -> DirectCall.of("stride.interpolate", random(grid, 1), points);
    return both(
        "interpolate_f32_" + count,
        12.0 * count,
        call,
        () -> {
          DirectCall ours = call.get();
          MemorySegment x = segment(random(grid, 1));
          MemorySegment p = segment(points);
          float[] out = new float[count];
          MemorySegment y = MemorySegment.ofArray(out);
          FunctionDescriptor type =
              FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
          return Contest.of(ours::forward)
              .against(
                  c,
                  "interpolate",
                  type,
                  loop ->
                      () -> {
                        loop.invokeExact(x, p, y, 500L, 400L, (long) count);
                      })
              .comparing(() -> Contest.distance(ours.forward(), out), 1e-5);
        });
  }

  /** Nine entries a row, near the diagonal. */
  private Stream<KernelCase> csr(int rows) {
    int[] starts = new int[rows + 1];
    int[] columns = new int[9 * rows];
    Arrays.setAll(starts, r -> 9 * r);
    Arrays.setAll(columns, k -> Math.floorMod(k / 9 + (k % 9 - 4) * 7, rows));
    Tensor values = random(Shape.of(columns.length), 1);
    Tensor x = random(Shape.of(rows), 2);
    Supplier<DirectCall> call =
        () -> DirectCall.of("stride.csr-matvec", values, x, doubles(starts), doubles(columns));
    return both(
        "csr_f32_" + rows,
        (8.0 * 9 + 12) * rows,
        call,
        () -> {
          DirectCall ours = call.get();
          float[] out = new float[rows];
          MemorySegment[] in = {
            segment(values),
            segment(x),
            MemorySegment.ofArray(starts),
            MemorySegment.ofArray(columns)
          };
          MemorySegment y = MemorySegment.ofArray(out);
          FunctionDescriptor type =
              FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
          return Contest.of(ours::forward)
              .against(
                  c,
                  "csr",
                  type,
                  loop ->
                      () -> {
                        loop.invokeExact(in[0], in[1], in[2], in[3], y, (long) rows);
                      })
              .comparing(() -> Contest.distance(ours.forward(), out), 1e-5);
        });
  }

  private static Tensor doubles(int[] indices) {
    return Tensor.of(Arrays.stream(indices).asDoubleStream().toArray());
  }

  private Stream<KernelCase> huber(int count) {
    Tensor modelled = random(Shape.of(count), 1);
    Tensor observed = random(Shape.of(count), 2);
    Supplier<DirectCall> call = () -> DirectCall.of("stride.huber", modelled, observed, 1);
    return both(
        "huber_f32_" + count,
        8.0 * count,
        call,
        () -> {
          DirectCall ours = call.get();
          MemorySegment m = segment(modelled);
          MemorySegment o = segment(observed);
          float[] out = new float[1];
          MemorySegment loss = MemorySegment.ofArray(out);
          FunctionDescriptor type =
              FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_FLOAT);
          return Contest.of(ours::forward)
              .against(
                  c,
                  "huber",
                  type,
                  loop ->
                      () -> {
                        loop.invokeExact(m, o, loss, (long) count, 1f);
                      })
              .comparing(() -> Contest.distance(ours.forward(), Tensor.scalar(out[0])), 1e-5);
        });
  }
}
