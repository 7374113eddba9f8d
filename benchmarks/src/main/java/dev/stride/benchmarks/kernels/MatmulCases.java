package dev.stride.benchmarks.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;

/**
 * Square matrix products against calls of OpenBLAS on one thread, and their adjoints, two products
 * each, against their forwards. {@code -Dstride.blas=java} measures the Java path.
 */
public final class MatmulCases implements CaseFamily {

  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;

  private static final FunctionDescriptor SINGLE = descriptor(JAVA_FLOAT);
  private static final FunctionDescriptor DOUBLE = descriptor(JAVA_DOUBLE);

  private final NativeLibrary blas =
      NativeLibrary.installed("openblas", "libopenblas0", "libopenblas.so.0");

  /** Looks for OpenBLAS. */
  public MatmulCases() {}

  private static FunctionDescriptor descriptor(MemoryLayout number) {
    return FunctionDescriptor.ofVoid(
        JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, number, ADDRESS, JAVA_INT,
        ADDRESS, JAVA_INT, number, ADDRESS, JAVA_INT);
  }

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return Stream.of(512, 1024)
        .flatMap(n ->
            Stream.of(DataType.values())
                .flatMap(type -> Stream.of(forward(n, type, teams), adjoint(n, type, teams))));
  }

  private static String name(String what, DataType type, int n) {
    return what + (type == DataType.FLOAT32 ? "_f32_" : "_f64_") + n + "_t1";
  }

  private static DirectCall call(int n, DataType type, Teams teams) {
    Tensor a = Tensor.random(Shape.of(n, n), type, 1);
    Tensor b = Tensor.random(Shape.of(n, n), type, 2);
    return DirectCall.of("stride.matmul", a, b).on(teams.of(1));
  }

  private KernelCase forward(int n, DataType type, Teams teams) {
    return KernelCase.operations(
        name("matmul", type, n),
        2.0 * n * n * n,
        () -> {
          DirectCall call = call(n, type, teams);
          call.forward(); // which also tells OpenBLAS to use one thread
          return type == DataType.FLOAT32 ? floats(call, n) : doubles(call, n);
        });
  }

  private Contest floats(DirectCall call, int n) {
    MemorySegment a = MemorySegment.ofArray(call.tensor("a").toFloatArray());
    MemorySegment b = MemorySegment.ofArray(call.tensor("b").toFloatArray());
    float[] product = new float[n * n];
    MemorySegment c = MemorySegment.ofArray(product);
    return Contest.of(call::forward)
        .against(
            blas,
            "cblas_sgemm",
            SINGLE,
            gemm ->
                () -> {
                  gemm.invokeExact(
                      ROW_MAJOR, AS_IT_IS, AS_IT_IS, n, n, n, 1f, a, n, b, n, 0f, c, n);
                })
        .comparing(
            () -> Contest.distance(call.forward(), Tensor.of(Shape.of(n, n), product)), 1e-4);
  }

  private Contest doubles(DirectCall call, int n) {
    MemorySegment a = MemorySegment.ofArray(call.tensor("a").toDoubleArray());
    MemorySegment b = MemorySegment.ofArray(call.tensor("b").toDoubleArray());
    double[] product = new double[n * n];
    MemorySegment c = MemorySegment.ofArray(product);
    return Contest.of(call::forward)
        .against(
            blas,
            "cblas_dgemm",
            DOUBLE,
            gemm ->
                () -> {
                  gemm.invokeExact(
                      ROW_MAJOR, AS_IT_IS, AS_IT_IS, n, n, n, 1d, a, n, b, n, 0d, c, n);
                })
        .comparing(
            () -> Contest.distance(call.forward(), Tensor.of(Shape.of(n, n), product)), 1e-10);
  }

  private static KernelCase adjoint(int n, DataType type, Teams teams) {
    return KernelCase.operations(
        name("matmul_adjoint", type, n),
        4.0 * n * n * n,
        () -> {
          DirectCall call = call(n, type, teams).forAdjoint(null);
          return Contest.of(call::adjoint).against("forward", call::forward);
        });
  }
}
