package dev.stride.ops.std.internal.linalg;

import org.netlib.blas.Dtrsm;
import org.netlib.lapack.Dgesdd;
import org.netlib.lapack.Dgetrf;
import org.netlib.lapack.Dpotrf;
import org.netlib.lapack.Dsyevd;
import org.netlib.util.intW;

/** The reference routines, translated to Java: plain arithmetic, the same bits everywhere. */
record JavaLapack() implements Lapack {

  @Override
  public void trsm(
      String triangle,
      String transposed,
      String diagonal,
      int m,
      int n,
      double[] a,
      int atA,
      double[] b,
      int atB) {
    Dtrsm.dtrsm("R", triangle, transposed, diagonal, m, n, 1, a, atA, n, b, atB, m);
  }

  @Override
  public int potrf(String triangle, int n, double[] a, int atA) {
    intW info = new intW(0);
    Dpotrf.dpotrf(triangle, n, a, atA, n, info);
    return info.val;
  }

  @Override
  public int getrf(int n, double[] a, int atA, int[] pivots, int atPivots) {
    intW info = new intW(0);
    Dgetrf.dgetrf(n, n, a, atA, n, pivots, atPivots, info);
    return info.val;
  }

  @Override
  public int syevd(int n, double[] a, int atA, double[] w, int atW) {
    intW info = new intW(0);
    double[] work = new double[Workspace.syevd(n)];
    int[] whole = new int[Workspace.syevdWhole(n)];
    Dsyevd.dsyevd(
        "V", "U", n, a, atA, n, w, atW, work, 0, work.length, whole, 0, whole.length, info);
    return info.val;
  }

  @Override
  public int gesdd(
      int m, int n, double[] a, int atA, double[] s, int atS, double[] square, int atSquare) {
    intW info = new intW(0);
    int k = Math.min(m, n);
    double[] u = m < n ? square : new double[0];
    double[] vt = m < n ? new double[0] : square;
    double[] work = new double[Workspace.gesdd(m, n)];
    int[] whole = new int[8 * k];
    Dgesdd.dgesdd(
        "O",
        m,
        n,
        a,
        atA,
        m,
        s,
        atS,
        u,
        m < n ? atSquare : 0,
        m,
        vt,
        m < n ? 0 : atSquare,
        n,
        work,
        0,
        work.length,
        whole,
        0,
        info);
    return info.val;
  }
}
