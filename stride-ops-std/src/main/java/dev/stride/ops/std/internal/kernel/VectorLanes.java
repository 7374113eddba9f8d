package dev.stride.ops.std.internal.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four vectors of four accumulators. Loaded only where the vector module is there.
 *
 * <p>Loops call no methods of ours: where the compiler does not take one in, vectors become
 * objects.
 */
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
        case DEVIATIONS -> deviations(floats, from, ((float[]) y)[fromY], end, lanes);
      }
    } else {
      double[] doubles = (double[]) x;
      switch (what) {
        case TERMS -> terms(doubles, from, end, lanes);
        case SQUARES -> squares(doubles, from, end, lanes);
        case PRODUCTS -> products(doubles, from, (double[]) y, fromY - from, end, lanes);
        case DEVIATIONS -> deviations(doubles, from, ((double[]) y)[fromY], end, lanes);
      }
    }
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
      Vector<Double> p =
          FloatVector.fromArray(FLOATS, x, i).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> q =
          FloatVector.fromArray(FLOATS, x, i + WIDTH).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> r =
          FloatVector.fromArray(FLOATS, x, i + 2 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> s =
          FloatVector.fromArray(FLOATS, x, i + 3 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      a = a.add(p);
      b = b.add(q);
      c = c.add(r);
      d = d.add(s);
    }
    put(lanes, a, b, c, d);
  }

  private static void terms(double[] x, int from, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      a = a.add(DoubleVector.fromArray(DOUBLES, x, i));
      b = b.add(DoubleVector.fromArray(DOUBLES, x, i + WIDTH));
      c = c.add(DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH));
      d = d.add(DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH));
    }
    put(lanes, a, b, c, d);
  }

  private static void squares(float[] x, int from, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      Vector<Double> p =
          FloatVector.fromArray(FLOATS, x, i).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> q =
          FloatVector.fromArray(FLOATS, x, i + WIDTH).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> r =
          FloatVector.fromArray(FLOATS, x, i + 2 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> s =
          FloatVector.fromArray(FLOATS, x, i + 3 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      a = a.add(p.mul(p));
      b = b.add(q.mul(q));
      c = c.add(r.mul(r));
      d = d.add(s.mul(s));
    }
    put(lanes, a, b, c, d);
  }

  private static void squares(double[] x, int from, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      DoubleVector p = DoubleVector.fromArray(DOUBLES, x, i);
      DoubleVector q = DoubleVector.fromArray(DOUBLES, x, i + WIDTH);
      DoubleVector r = DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH);
      DoubleVector s = DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH);
      a = a.add(p.mul(p));
      b = b.add(q.mul(q));
      c = c.add(r.mul(r));
      d = d.add(s.mul(s));
    }
    put(lanes, a, b, c, d);
  }

  private static void products(float[] x, int from, float[] y, int shift, int end, double[] lanes) {
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      int j = i + shift;
      Vector<Double> p =
          FloatVector.fromArray(FLOATS, x, i).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> py =
          FloatVector.fromArray(FLOATS, y, j).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> q =
          FloatVector.fromArray(FLOATS, x, i + WIDTH).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> qy =
          FloatVector.fromArray(FLOATS, y, j + WIDTH).convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> r =
          FloatVector.fromArray(FLOATS, x, i + 2 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> ry =
          FloatVector.fromArray(FLOATS, y, j + 2 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> s =
          FloatVector.fromArray(FLOATS, x, i + 3 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> sy =
          FloatVector.fromArray(FLOATS, y, j + 3 * WIDTH)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      a = a.add(p.mul(py));
      b = b.add(q.mul(qy));
      c = c.add(r.mul(ry));
      d = d.add(s.mul(sy));
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
      a = a.add(DoubleVector.fromArray(DOUBLES, x, i).mul(DoubleVector.fromArray(DOUBLES, y, j)));
      b =
          b.add(
              DoubleVector.fromArray(DOUBLES, x, i + WIDTH)
                  .mul(DoubleVector.fromArray(DOUBLES, y, j + WIDTH)));
      c =
          c.add(
              DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH)
                  .mul(DoubleVector.fromArray(DOUBLES, y, j + 2 * WIDTH)));
      d =
          d.add(
              DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH)
                  .mul(DoubleVector.fromArray(DOUBLES, y, j + 3 * WIDTH)));
    }
    put(lanes, a, b, c, d);
  }

  private static void deviations(float[] x, int from, float centre, int end, double[] lanes) {
    FloatVector all = FloatVector.broadcast(FLOATS, centre);
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      Vector<Double> p =
          FloatVector.fromArray(FLOATS, x, i)
              .sub(all)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> q =
          FloatVector.fromArray(FLOATS, x, i + WIDTH)
              .sub(all)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> r =
          FloatVector.fromArray(FLOATS, x, i + 2 * WIDTH)
              .sub(all)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      Vector<Double> s =
          FloatVector.fromArray(FLOATS, x, i + 3 * WIDTH)
              .sub(all)
              .convertShape(VectorOperators.F2D, DOUBLES, 0);
      a = a.add(p.mul(p));
      b = b.add(q.mul(q));
      c = c.add(r.mul(r));
      d = d.add(s.mul(s));
    }
    put(lanes, a, b, c, d);
  }

  private static void deviations(double[] x, int from, double centre, int end, double[] lanes) {
    DoubleVector all = DoubleVector.broadcast(DOUBLES, centre);
    DoubleVector a = get(lanes, 0);
    DoubleVector b = get(lanes, WIDTH);
    DoubleVector c = get(lanes, 2 * WIDTH);
    DoubleVector d = get(lanes, 3 * WIDTH);
    for (int i = from; i < end; i += Lanes.COUNT) {
      DoubleVector p = DoubleVector.fromArray(DOUBLES, x, i).sub(all);
      DoubleVector q = DoubleVector.fromArray(DOUBLES, x, i + WIDTH).sub(all);
      DoubleVector r = DoubleVector.fromArray(DOUBLES, x, i + 2 * WIDTH).sub(all);
      DoubleVector s = DoubleVector.fromArray(DOUBLES, x, i + 3 * WIDTH).sub(all);
      a = a.add(p.mul(p));
      b = b.add(q.mul(q));
      c = c.add(r.mul(r));
      d = d.add(s.mul(s));
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
