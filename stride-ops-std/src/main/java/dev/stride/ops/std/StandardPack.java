package dev.stride.ops.std;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.std.internal.wave.ShotMemory;
import dev.stride.ops.std.internal.wave.WaveGrid;

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
    registrar.operator(Add::new).samples(Add::samples);
    registrar.operator(Subtract::new).samples(Subtract::samples);
    registrar.operator(Multiply::new).samples(Multiply::samples);
    registrar.operator(Divide::new).samples(Divide::samples);
    registrar.operator(Scale::new).samples(Scale::samples);
    registrar.operator(Power::new).samples(Power::samples);
    registrar.operator(Exp::new).samples(Exp::samples);
    registrar.operator(Log::new).samples(Log::samples);
    registrar.operator(Sqrt::new).samples(Sqrt::samples);
    registrar.operator(Sum::new).samples(Sum::samples);
    registrar.operator(Mean::new).samples(Mean::samples);
    registrar.operator(Dot::new).samples(Dot::samples);
    registrar.operator(MatMul::new).samples(MatMul::samples);
    registrar.operator(Reshape::new).samples(Reshape::samples);
    registrar.operator(Slice::new).samples(Slice::samples);
    registrar.operator(Concatenate::new).samples(Concatenate::samples);
    registrar.operator(Split::new).samples(Split::samples);
    registrar.operator(L2Distance::new).samples(L2Distance::samples);
    registrar.operator(PadEdge::new).samples(PadEdge::samples);
    registrar.operator(GaussianSmooth::new).samples(GaussianSmooth::samples);
    registrar.operator(ButterworthFilter::new).samples(ButterworthFilter::samples);
    registrar.operator(AcousticWave::new).samples(AcousticWave::samples);
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
