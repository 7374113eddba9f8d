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
}
