package dev.stride.benchmarks.kernels;

import java.util.stream.Stream;

/**
 * The cases of one family of operators. A whole one, which compares matrix products with OpenBLAS:
 *
 * <pre>{@code
 * final class MatmulCases implements CaseFamily {
 *   private final NativeLibrary blas =
 *       NativeLibrary.installed("openblas", "libopenblas-dev", "libopenblas.so.0");
 *
 *   public Stream<KernelCase> cases(Teams teams) {
 *     return Stream.of(1, 2).map(threads ->
 *         KernelCase.operations("matmul_f32_512_t" + threads, 2.0 * 512 * 512 * 512, () -> {
 *           Tensor a = Tensor.random(Shape.of(512, 512), DataType.FLOAT32, 1);
 *           Tensor b = Tensor.random(Shape.of(512, 512), DataType.FLOAT32, 2);
 *           float[] c = new float[512 * 512];
 *           DirectCall call = DirectCall.of("stride.matmul", a, b).on(teams.of(threads));
 *           return Contest.of(call::forward)
 *               .against(blas, "cblas_sgemm", descriptor, sgemm -> () -> { sgemm.invokeExact(...); })
 *               .comparing(() -> Contest.distance(call.forward(), c), 1e-4);
 *         }));
 *   }
 * }
 * }</pre>
 */
public interface CaseFamily {

  /**
   * All cases, in the order in which they run; cheap, since what a case needs is made when its turn
   * comes.
   */
  Stream<KernelCase> cases(Teams teams);
}
