package dev.stride.ops.std.internal.linalg;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the operators of linear algebra. */
public final class LinearAlgebra {

  private LinearAlgebra() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(MatMul::new).samples(MatMul::samples);
    registrar.operator(MatVec::new).samples(MatVec::samples);
    registrar.operator(Outer::new).samples(Outer::samples);
    registrar.operator(MatrixTranspose::new).samples(MatrixTranspose::samples);
    registrar.operator(Triangle::new).samples(Triangle::samples);
    registrar.operator(TriangularSolve::new).samples(TriangularSolve::samples);
    registrar.operator(Cholesky::new).samples(Cholesky::samples);
    registrar.operator(Solve::new).samples(Solve::samples);
    registrar.operator(Inverse::new).samples(Inverse::samples);
    registrar.operator(Determinant::new).samples(Determinants::samples);
    registrar.operator(LogDeterminant::new).samples(Determinants::samples);
    registrar.operator(SymmetricEigenvalues::new).samples(SymmetricEigenvalues::samples);
    registrar.operator(SingularValues::new).samples(SingularValues::samples);
  }
}
