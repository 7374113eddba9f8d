package dev.stride.benchmarks.kernels;

import dev.stride.api.Tensor;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The two sides of a case. Both run in turn in one process, on data that they share where they can.
 *
 * @param ours one run of Stride; what {@code ratio} compares
 * @param fresh the same with results that are allocated anew, where {@code ours} writes to arrays
 *     that exist, as the yardstick does; null: {@code ours} is all there is
 * @param yardstick name of the other side; null: none
 * @param theirs one run of it; null where it is not installed
 * @param obstacle why it is not there, and what to install
 * @param difference how far results are apart, after both sides have run; null: not compared
 * @param tolerance what it may be
 */
public record Contest(
    Work ours,
    @Nullable Work fresh,
    @Nullable String yardstick,
    @Nullable Work theirs,
    @Nullable String obstacle,
    @Nullable DoubleSupplier difference,
    double tolerance) {

  /** One run of a side. */
  @FunctionalInterface
  public interface Work {
    /** Does the work once. */
    void run() throws Throwable;
  }

  /** Our side. */
  public static Contest of(Work ours) {
    return new Contest(ours, null, null, null, null, null, 0);
  }

  /** The same work with fresh results, measured beside it. */
  public Contest fresh(Work allocating) {
    return new Contest(ours, allocating, yardstick, theirs, obstacle, difference, tolerance);
  }

  /**
   * The other side: a function of a native library, which may be missing.
   *
   * @param theirs makes one run of the function's handle
   */
  public Contest against(
      NativeLibrary library,
      String function,
      FunctionDescriptor descriptor,
      Function<MethodHandle, Work> theirs) {
    Work work = library.function(function, descriptor).map(theirs).orElse(null);
    return new Contest(
        ours, fresh, library.name(), work, library.obstacle(), difference, tolerance);
  }

  /** The other side in Java, or whatever is there for certain. */
  public Contest against(String name, Work other) {
    return new Contest(ours, fresh, name, other, null, difference, tolerance);
  }

  /** How far the results are apart, which must be at most {@code tolerance}. */
  public Contest comparing(DoubleSupplier distance, double limit) {
    return new Contest(ours, fresh, yardstick, theirs, obstacle, distance, limit);
  }

  /** Largest difference of elements over the largest element. NaN counts as equal to itself. */
  public static double distance(Tensor a, Tensor b) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < a.size(); i++) {
      double x = a.at(i);
      double y = b.at(i);
      if (Double.compare(x, y) != 0) {
        largest = Math.max(largest, Math.abs(y));
        difference = Math.max(difference, Math.abs(x - y));
      }
    }
    return largest == 0 ? difference : difference / largest;
  }

  /** As {@link #distance(Tensor, Tensor)}, of an array. */
  public static double distance(Tensor a, float[] b) {
    return distance(a, Tensor.of(a.shape(), b));
  }
}
