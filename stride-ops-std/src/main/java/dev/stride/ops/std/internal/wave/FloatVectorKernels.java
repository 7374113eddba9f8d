package dev.stride.ops.std.internal.wave;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link RowKernels} on {@code float[]} by the Vector API. */
final class FloatVectorKernels implements RowKernels<float[]> {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public StencilKernel<float[]> stencil(int dimensions, int radius) {
    return dimensions == 2 ? FloatStencils2D.of(radius) : FloatStencils3D.of(radius);
  }

  @Override
  public void damp(float[] u, float[] previous, float[] keep, float[] pull, int from, int to) {
    for (int i = from; i < to; i += LANES) {
      FloatVector kept = at(keep, i).mul(at(previous, i));
      at(pull, i).fma(at(u, i), kept).intoArray(previous, i);
    }
  }

  @Override
  public void correlate(
      float[] u,
      int from,
      float[] kept,
      int at,
      float[] gradient,
      float[] energy,
      int sum,
      int count) {
    for (int i = 0; i < count; i += LANES) {
      FloatVector old = at(kept, at + i);
      old.fma(at(u, from + i), at(gradient, sum + i)).intoArray(gradient, sum + i);
      old.fma(old, at(energy, sum + i)).intoArray(energy, sum + i);
    }
  }

  @Override
  public void addProduct(float[] target, float[] x, int from, float[] y, int at, int count) {
    for (int i = 0; i < count; i += LANES) {
      at(x, from + i).fma(at(y, at + i), at(target, from + i)).intoArray(target, from + i);
    }
  }

  private static FloatVector at(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}
