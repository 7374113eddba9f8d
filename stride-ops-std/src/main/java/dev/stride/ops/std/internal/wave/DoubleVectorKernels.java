package dev.stride.ops.std.internal.wave;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowKernels} on {@code double[]} by the Vector API. */
final class DoubleVectorKernels implements RowKernels<double[]> {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public StencilKernel<double[]> stencil(int dimensions, int radius) {
    return dimensions == 2 ? DoubleStencils2D.of(radius) : DoubleStencils3D.of(radius);
  }

  @Override
  public void damp(double[] u, double[] previous, double[] keep, double[] pull, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      DoubleVector kept = at(keep, i).mul(at(previous, i));
      at(pull, i).fma(at(u, i), kept).intoArray(previous, i);
    }
  }

  @Override
  public void correlate(
      double[] u,
      int from,
      double[] kept,
      int at,
      double[] gradient,
      double[] energy,
      int sum,
      int count) {
    for (int i = 0; i < count; i += LANES) {
      DoubleVector old = at(kept, at + i);
      old.fma(at(u, from + i), at(gradient, sum + i)).intoArray(gradient, sum + i);
      old.fma(old, at(energy, sum + i)).intoArray(energy, sum + i);
    }
  }

  @Override
  public void addProduct(double[] target, double[] x, int from, double[] y, int at, int count) {
    for (int i = 0; i < count; i += LANES) {
      at(x, from + i).fma(at(y, at + i), at(target, from + i)).intoArray(target, from + i);
    }
  }

  private static DoubleVector at(double[] array, int index) {
    return DoubleVector.fromArray(SPECIES, array, index);
  }
}
