package dev.stride.ops.std.internal.wave;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Chooses between vector kernels and plain ones, once a process.
 *
 * <p>The vector ones need the module {@code jdk.incubator.vector} and the server compiler: compiled
 * by less, they are far slower than plain loops. Both give bitwise equal results.
 */
public abstract sealed class KernelProvider {

  private KernelProvider() {}

  /** What this machine and virtual machine do best; warns once if that is the plain kernels. */
  public static KernelProvider best() {
    return Best.PROVIDER;
  }

  /** The plain kernels. */
  public static KernelProvider scalar() {
    return new Scalar();
  }

  /** As reports print it: {@code vector, 8 lanes} or {@code scalar}. */
  public abstract String name();

  /** Kernels in float32. */
  abstract RowKernels<float[]> floats();

  /** Kernels in float64. */
  abstract RowKernels<double[]> doubles();

  /** Plain loops. */
  private static final class Scalar extends KernelProvider {

    @Override
    public String name() {
      return "scalar";
    }

    @Override
    RowKernels<float[]> floats() {
      return new FloatScalarKernels();
    }

    @Override
    RowKernels<double[]> doubles() {
      return new DoubleScalarKernels();
    }
  }

  /** The Vector API; loaded only where its module is there. */
  private static final class Vector extends KernelProvider {

    @Override
    public String name() {
      return "vector, " + floats().lanes() + " lanes";
    }

    @Override
    RowKernels<float[]> floats() {
      return new FloatVectorKernels();
    }

    @Override
    RowKernels<double[]> doubles() {
      return new DoubleVectorKernels();
    }
  }

  /** The choice, made when first asked for. */
  static final class Best {

    private static final KernelProvider PROVIDER = choose();

    private Best() {}

    private static KernelProvider choose() {
      String obstacle = obstacle(moduleIsThere(), compilers());
      if (obstacle == null) {
        return new Vector();
      }
      Logger logger = System.getLogger(KernelProvider.class.getPackageName());
      logger.log(Level.WARNING, obstacle);
      return new Scalar();
    }

    private static boolean moduleIsThere() {
      return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static String compilers() {
      return System.getProperty("java.vm.info", "");
    }

    /** Why not the vector kernels, and what to do; null if nothing stands in the way. */
    static @Nullable String obstacle(boolean moduleIsThere, String compilers) {
      if (!moduleIsThere) {
        return "wave propagation runs on plain loops, several times slower: module"
            + " jdk.incubator.vector is not there. Start java with --add-modules"
            + " jdk.incubator.vector.";
      }
      if (compilers.contains("interpreted") || compilers.contains("emulated-client")) {
        return "wave propagation runs on plain loops, several times slower: the server compiler is"
            + " off ("
            + compilers
            + "). Remove -Xint or -XX:TieredStopAtLevel from the arguments of java.";
      }
      return null;
    }
  }
}
