package dev.stride.ops.std.internal.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Four vectors of four accumulators. Loaded only where the vector module is there. */
final class VectorLanes implements LaneCode {

  /** Accumulators of a vector. */
  static final int WIDTH = 4;

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_128;

  @Override
  public void add(
      Addition what, Object x, int from, Object y, int fromY, int count, double[] lanes) {
    int end = from + count;
    if (x instanceof float[] floats) {
      switch (what) {
        case TERMS -> terms(floats, from, end, lanes);
        case SQUARES -> squares(floats, from, end, lanes);
        case PRODUCTS -> products(floats, from, (float[]) y, fromY - from, end, lanes);
      }
    } else {
      double[] doubles = (double[]) x;
      switch (what) {
        case TERMS -> terms(doubles, from, end, lanes);
        case SQUARES -> squares(doubles, from, end, lanes);
        case PRODUCTS -> products(doubles, from, (double[]) y, fromY - from, end, lanes);
      }
    }
  }

  private static DoubleVector wide(float[] x, int at) {
    return FloatVector.fromArray(FLOATS, x, at)
        .convertShape(VectorOperators.F2D, DOUBLES, 0)
        .reinterpretAsDoubles();
  }

  private static DoubleVector get(double[] x, int at) {
    return DoubleVector.fromArray(DOUBLES, x, at);
  }

  private static void terms(float[] x, int from, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      a = a.add(wide(x, i));
      b = b.add(wide(x, i + WIDTH));
      c = c.add(wide(x, i + 2 * WIDTH));
      d = d.add(wide(x, i + 3 * WIDTH));
    }
    put(lanes, a, b, c, d);
  }

  private static void terms(double[] x, int from, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      a = a.add(get(x, i));
      b = b.add(get(x, i + WIDTH));
      c = c.add(get(x, i + 2 * WIDTH));
      d = d.add(get(x, i + 3 * WIDTH));
    }
    put(lanes, a, b, c, d);
  }

  private static void squares(float[] x, int from, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      a = a.add(squared(wide(x, i)));
      b = b.add(squared(wide(x, i + WIDTH)));
      c = c.add(squared(wide(x, i + 2 * WIDTH)));
      d = d.add(squared(wide(x, i + 3 * WIDTH)));
    }
    put(lanes, a, b, c, d);
  }

  private static void squares(double[] x, int from, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      a = a.add(squared(get(x, i)));
      b = b.add(squared(get(x, i + WIDTH)));
      c = c.add(squared(get(x, i + 2 * WIDTH)));
      d = d.add(squared(get(x, i + 3 * WIDTH)));
    }
    put(lanes, a, b, c, d);
  }

  private static DoubleVector squared(DoubleVector x) {
    return x.mul(x);
  }

  private static void products(float[] x, int from, float[] y, int shift, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      int j = i + shift;
      a = a.add(wide(x, i).mul(wide(y, j)));
      b = b.add(wide(x, i + WIDTH).mul(wide(y, j + WIDTH)));
      c = c.add(wide(x, i + 2 * WIDTH).mul(wide(y, j + 2 * WIDTH)));
      d = d.add(wide(x, i + 3 * WIDTH).mul(wide(y, j + 3 * WIDTH)));
    }
    put(lanes, a, b, c, d);
  }

  private static void products(
      double[] x, int from, double[] y, int shift, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      int j = i + shift;
      a = a.add(get(x, i).mul(get(y, j)));
      b = b.add(get(x, i + WIDTH).mul(get(y, j + WIDTH)));
      c = c.add(get(x, i + 2 * WIDTH).mul(get(y, j + 2 * WIDTH)));
      d = d.add(get(x, i + 3 * WIDTH).mul(get(y, j + 3 * WIDTH)));
    }
    put(lanes, a, b, c, d);
  }

  private static void put(
      double[] lanes, DoubleVector a, DoubleVector b, DoubleVector c, DoubleVector d) {
    a.intoArray(lanes, 0);
    b.intoArray(lanes, WIDTH);
    c.intoArray(lanes, 2 * WIDTH);
    d.intoArray(lanes, 3 * WIDTH);
  }
}
