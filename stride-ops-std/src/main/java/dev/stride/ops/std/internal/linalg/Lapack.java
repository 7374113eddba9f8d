package dev.stride.ops.std.internal.linalg;

/**
 * The routines of BLAS and LAPACK that factorisations use, in float64, with their names and
 * column-major conventions. What is row-major here is the transpose of what they see.
 */
interface Lapack {

  /** Solves with a triangular matrix on the right: {@code B := B op(A)^-1}. */
  void trsm(
      String triangle,
      String transposed,
      String diagonal,
      int m,
      int n,
      double[] a,
      int atA,
      double[] b,
      int atB);

  /** Cholesky factor; the number of the first pivot that is not positive, or 0. */
  int potrf(String triangle, int n, double[] a, int atA);

  /** LU factors with row exchanges; the number of the first pivot that is zero, or 0. */
  int getrf(int n, double[] a, int atA, int[] pivots, int atPivots);

  /** Eigenvalues, ascending, and eigenvectors in place of the matrix; not 0 if it failed. */
  int syevd(int n, double[] a, int atA, double[] w, int atW);

  /**
   * Singular values, descending, and vectors of the shorter side's number {@code k}; not 0 if it
   * failed. The longer vectors take the place of the matrix: U, m by k, if {@code m >= n}, V^T, k
   * by n, otherwise. The others go to {@code square}, k by k.
   */
  int gesdd(int m, int n, double[] a, int atA, double[] s, int atS, double[] square, int atSquare);
}
