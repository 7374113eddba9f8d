package dev.stride.ops.std.internal.space;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.std.internal.shape.Widths;

/** Registers the operators on fields in space, and the regularisers that are made of them. */
public final class SpaceOperators {

  private SpaceOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(GaussianSmooth::new).samples(GaussianSmooth::samples);
    registrar.operator(GridGradient::new).samples(GridGradient::samples);
    registrar.operator(GridDivergence::new).samples(GridDivergence::samples);
    registrar.operator(Laplacian::new).samples(Laplacian::samples);
    registrar.operator(Resize::new).samples(Resize::samples);
    registrar.operator(PadMirror::new).samples(Widths::samples);
    registrar.operator(PadAbsorbing::new).samples(PadAbsorbing::samples);
    registrar.operator(Interpolate::new).samples(Interpolate::samples);
    registrar.operator(Inject::shaped).samples(Inject::samples);
    registrar.operator(Mask::operator).samples(Mask::samples);
    registrar.operator(Tikhonov::new).samples(Tikhonov::samples);
    registrar.operator(TotalVariation::new).samples(TotalVariation::samples);
  }
}
