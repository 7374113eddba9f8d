package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;
import java.util.function.Supplier;

/** Registers a device, its tensors and its operators. */
public final class DeviceOperators {

  /** The operators that are no formulas of elements. */
  static final List<DeviceOperator> ALL =
      List.of(
          new DeviceOperator(Total::sum, Total::samples),
          new DeviceOperator(Total::mean, Total::samples),
          new DeviceOperator(Product::new, Product::samples),
          new DeviceOperator(Extremum::largest, Extremum::samples),
          new DeviceOperator(Extremum::smallest, Extremum::samples),
          new DeviceOperator(Norm::new, Norm::samples),
          new DeviceOperator(Variance::variance, Variance::samples),
          new DeviceOperator(Variance::deviation, Variance::samples),
          new DeviceOperator(LogSumExp::new, LogSumExp::samples),
          new DeviceOperator(Softmax::new, Softmax::samples),
          new DeviceOperator(CumulativeSum::new, CumulativeSum::samples),
          new DeviceOperator(Dot::new, Dot::samples),
          new DeviceOperator(Reshape::new, Reshape::samples),
          new DeviceOperator(Broadcast::new, Broadcast::samples),
          new DeviceOperator(Reordering::transpose, Reordering::transposeSamples),
          new DeviceOperator(Reordering::flip, Reordering::flipSamples),
          new DeviceOperator(Slice::new, Slice::samples),
          new DeviceOperator(Joining::concatenate, Joining::concatenateSamples),
          new DeviceOperator(Joining::stack, Joining::stackSamples),
          new DeviceOperator(Split::new, Split::samples),
          new DeviceOperator(Picking::roll, Picking::rollSamples),
          new DeviceOperator(Picking::repeat, Picking::repeatSamples),
          new DeviceOperator(Gather::new, Gather::samples),
          new DeviceOperator(ScatterAdd::new, ScatterAdd::samples),
          new DeviceOperator(PadConstant::new, PadConstant::samples),
          new DeviceOperator(Padding::edge, Widths::samples),
          new DeviceOperator(Padding::reflect, Widths::samples),
          new DeviceOperator(Padding::mirror, Widths::samples),
          new DeviceOperator(Padding::absorbing, Padding::absorbingSamples),
          new DeviceOperator(Cast::new, Cast::samples),
          new DeviceOperator(MatrixOperator::matmul, MatrixOperator::matmulSamples),
          new DeviceOperator(MatrixOperator::matvec, MatrixOperator::matvecSamples),
          new DeviceOperator(MatrixOperator::outer, MatrixOperator::outerSamples),
          new DeviceOperator(MatrixTranspose::new, MatrixTranspose::samples),
          new DeviceOperator(Triangle::new, Triangle::samples),
          new DeviceOperator(Convolution::convolve, Convolution::samples),
          new DeviceOperator(Convolution::correlate, Convolution::samples),
          new DeviceOperator(Convolution::fir, Convolution::samplesOfFilter),
          new DeviceOperator(Resize::new, Resize::samples),
          new DeviceOperator(GridDerivative::gradient, GridDerivative::samples),
          new DeviceOperator(GridDerivative::divergence, GridDerivative::divergenceSamples),
          new DeviceOperator(GridDerivative::laplacian, GridDerivative::samples),
          new DeviceOperator(GaussianSmooth::new, GaussianSmooth::samples),
          loss(ElementLosses.l2(), ElementLosses::l2Samples),
          loss(ElementLosses.l1(), ElementLosses::residuals),
          loss(ElementLosses.huber(), () -> ElementLosses.residuals(1)),
          loss(ElementLosses.studentT(), () -> ElementLosses.residuals(0.7)),
          loss(ElementLosses.boundBarrier(), ElementLosses::inside),
          new DeviceOperator(UnitTraceLoss::normalised, UnitTraceLoss::normalisedSamples),
          new DeviceOperator(UnitTraceLoss::correlation, UnitTraceLoss::correlationSamples),
          new DeviceOperator(SlopeLoss::tikhonov, SlopeLoss::tikhonovSamples),
          new DeviceOperator(SlopeLoss::totalVariation, SlopeLoss::totalVariationSamples));

  private static DeviceOperator loss(LossFormula formula, Supplier<List<Sample>> samples) {
    return new DeviceOperator(device -> new ElementLoss(formula, device), samples);
  }

  private DeviceOperators() {}

  /** Registers everything of a device. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device) {
    registrar.device(device.device());
    registrar.vectorSpace(new DeviceSpace(device));
    for (Formulas entry : Formulas.ALL) {
      registrar
          .operator(() -> ElementOperator.of(entry.formula(), device))
          .device(device.device())
          .samples(entry.samples());
    }
    ALL.forEach(operator -> operator.register(registrar, device));
  }
}
