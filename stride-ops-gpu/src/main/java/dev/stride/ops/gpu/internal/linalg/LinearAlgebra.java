package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.operator.DeviceOperator;
import java.util.List;

/** Registers the operators of dense linear algebra for a device. */
public final class LinearAlgebra {

  static final List<DeviceOperator> ALL =
      List.of(
          new DeviceOperator(TriangularSolve::new, TriangularSolve::samples),
          new DeviceOperator(Cholesky::new, Cholesky::samples),
          new DeviceOperator(Solve::new, Solve::samples),
          new DeviceOperator(Inverse::new, Inverse::samples),
          new DeviceOperator(Determinants::determinant, Determinants::samples),
          new DeviceOperator(Determinants::logarithm, Determinants::samples),
          new DeviceOperator(SymmetricEigenvalues::new, SymmetricEigenvalues::samples),
          new DeviceOperator(SingularValues::new, SingularValues::samples));

  private LinearAlgebra() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device) {
    ALL.forEach(operator -> operator.register(registrar, device));
  }
}
