package dev.stride.benchmarks.kernels;

import java.util.function.Supplier;

/**
 * One comparison.
 *
 * @param name such as {@code add_f32_4MiB_t1}: what, type, size, threads; {@code --only} looks for
 *     a part of it
 * @param work what one run does, in units of 1e-9 of {@code unit}
 * @param unit key of the figure: {@code gbs} or {@code gflops}
 * @param contest makes both sides; called once, when the case's turn comes, and its result is
 *     dropped afterwards
 */
public record KernelCase(String name, double work, String unit, Supplier<Contest> contest) {

  /**
   * A case that is judged by the memory it moves.
   *
   * @param bytes read and written by one run, each array once
   */
  public static KernelCase bytes(String name, double bytes, Supplier<Contest> contest) {
    return new KernelCase(name, bytes, "gbs", contest);
  }

  /**
   * A case that is judged by its arithmetic.
   *
   * @param operations floating-point operations of one run
   */
  public static KernelCase operations(String name, double operations, Supplier<Contest> contest) {
    return new KernelCase(name, operations, "gflops", contest);
  }
}
