package dev.stride.ops.std.internal.linalg;

/** Lengths of the workspaces that LAPACK asks for; a fixed function of the extents. */
final class Workspace {

  private Workspace() {}

  /** float64 numbers for eigenvalues and vectors. */
  static int syevd(int n) {
    return Math.addExact(1 + 6 * n, Math.multiplyExact(2 * n, n));
  }

  /** ints for eigenvalues and vectors. */
  static int syevdWhole(int n) {
    return 3 + 5 * n;
  }

  /** float64 numbers for singular values and vectors, the longer ones in place of the matrix. */
  static int gesdd(int m, int n) {
    int k = Math.min(m, n);
    int blocked = Math.multiplyExact(32, Math.addExact(Math.max(m, n), k));
    return Math.addExact(blocked, Math.addExact(Math.multiplyExact(8 * k, k), 7 * k));
  }
}
