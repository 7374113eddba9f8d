package dev.stride.ops.std;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.std.internal.elementwise.ElementwiseOperators;
import dev.stride.ops.std.internal.linalg.LinearAlgebra;
import dev.stride.ops.std.internal.loss.Losses;
import dev.stride.ops.std.internal.reduction.Reductions;
import dev.stride.ops.std.internal.shape.ShapeOperators;
import dev.stride.ops.std.internal.signal.SignalOperators;
import dev.stride.ops.std.internal.space.SpaceOperators;
import dev.stride.ops.std.internal.sparse.SparseOperators;
import dev.stride.ops.std.internal.wave.ShotMemory;
import dev.stride.ops.std.internal.wave.WaveGrid;
import dev.stride.ops.std.internal.wave.WaveOperators;

/**
 * The standard operators on the CPU, under the id {@code stride.std}.
 *
 * <p>Engines find it by themselves where this artifact is on the class path or module path. All
 * operators take float32 and float64, and all tensors of a call must have one type; a number given
 * for a tensor takes the type of the others. Outside the domain of a function results are NaN or
 * infinite as in IEEE 754, never masked.
 *
 * <p>Stateless and thread-safe.
 */
public final class StandardPack implements OperatorPack {

  /** Made by the engine, through {@link java.util.ServiceLoader}. */
  public StandardPack() {}

  @Override
  public String id() {
    return "stride.std";
  }

  @Override
  public void register(OperatorRegistrar registrar) {
    ElementwiseOperators.register(registrar);
    Reductions.register(registrar);
    LinearAlgebra.register(registrar);
    ShapeOperators.register(registrar);
    Losses.register(registrar);
    SignalOperators.register(registrar);
    SpaceOperators.register(registrar);
    SparseOperators.register(registrar);
    WaveOperators.register(registrar);
  }

  /**
   * Bytes of heap that one shot of {@code stride.acoustic-wave} takes until its adjoint has run,
   * what goes in and comes out apart: to plan how many run at once.
   *
   * @param model the velocity's shape, absorbing layers included
   * @param order order in space
   * @param type the velocity's type
   * @param samples length of the wavelets
   */
  public static long acousticShotBytes(Shape model, int order, DataType type, int samples) {
    return ShotMemory.bytes(new WaveGrid(model, 1), order, type, samples);
  }
}
