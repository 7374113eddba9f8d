package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Registers a device, its tensors and its operators. */
public final class DeviceOperators {

  /**
   * An operator that is no formula.
   *
   * @param constructor makes it for a device
   * @param samples what it is checked at
   */
  record Entry(
      Function<ComputeDevice, Operator<Tensor>> constructor, Supplier<List<Sample>> samples) {}

  /** The operators that are no formulas of elements. */
  static final List<Entry> ALL =
      List.of(
          new Entry(Total::sum, Total::samples),
          new Entry(Total::mean, Total::samples),
          new Entry(Product::new, Product::samples),
          new Entry(Extremum::largest, Extremum::samples),
          new Entry(Extremum::smallest, Extremum::samples),
          new Entry(Norm::new, Norm::samples),
          new Entry(Variance::variance, Variance::samples),
          new Entry(Variance::deviation, Variance::samples),
          new Entry(LogSumExp::new, LogSumExp::samples),
          new Entry(Softmax::new, Softmax::samples),
          new Entry(CumulativeSum::new, CumulativeSum::samples),
          new Entry(Dot::new, Dot::samples),
          new Entry(Reshape::new, Reshape::samples),
          new Entry(Broadcast::new, Broadcast::samples),
          new Entry(Reordering::transpose, Reordering::transposeSamples),
          new Entry(Reordering::flip, Reordering::flipSamples),
          new Entry(Slice::new, Slice::samples),
          new Entry(Joining::concatenate, Joining::concatenateSamples),
          new Entry(Joining::stack, Joining::stackSamples),
          new Entry(Split::new, Split::samples),
          new Entry(Picking::roll, Picking::rollSamples),
          new Entry(Picking::repeat, Picking::repeatSamples),
          new Entry(Gather::new, Gather::samples),
          new Entry(ScatterAdd::new, ScatterAdd::samples),
          new Entry(PadConstant::new, PadConstant::samples),
          new Entry(Padding::edge, Widths::samples),
          new Entry(Padding::reflect, Widths::samples),
          new Entry(Padding::mirror, Widths::samples),
          new Entry(Padding::absorbing, Padding::absorbingSamples),
          new Entry(Cast::new, Cast::samples),
          new Entry(MatrixOperator::matmul, MatrixOperator::matmulSamples),
          new Entry(MatrixOperator::matvec, MatrixOperator::matvecSamples),
          new Entry(MatrixOperator::outer, MatrixOperator::outerSamples),
          new Entry(MatrixTranspose::new, MatrixTranspose::samples),
          new Entry(Triangle::new, Triangle::samples),
          new Entry(Convolution::convolve, Convolution::samples),
          new Entry(Convolution::correlate, Convolution::samples),
          new Entry(Convolution::fir, Convolution::samplesOfFilter),
          new Entry(Resize::new, Resize::samples),
          new Entry(GridDerivative::gradient, GridDerivative::samples),
          new Entry(GridDerivative::divergence, GridDerivative::divergenceSamples),
          new Entry(GridDerivative::laplacian, GridDerivative::samples),
          new Entry(GaussianSmooth::new, GaussianSmooth::samples),
          loss(ElementLosses.l2(), ElementLosses::l2Samples),
          loss(ElementLosses.l1(), ElementLosses::residuals),
          loss(ElementLosses.huber(), () -> ElementLosses.residuals(1)),
          loss(ElementLosses.studentT(), () -> ElementLosses.residuals(0.7)),
          loss(ElementLosses.boundBarrier(), ElementLosses::inside),
          new Entry(UnitTraceLoss::normalised, UnitTraceLoss::normalisedSamples),
          new Entry(UnitTraceLoss::correlation, UnitTraceLoss::correlationSamples),
          new Entry(SlopeLoss::tikhonov, SlopeLoss::tikhonovSamples),
          new Entry(SlopeLoss::totalVariation, SlopeLoss::totalVariationSamples));

  private static Entry loss(LossFormula formula, Supplier<List<Sample>> samples) {
    return new Entry(device -> new ElementLoss(formula, device), samples);
  }

  private DeviceOperators() {}

  /** Registers everything of a device. */
  public static void register(OperatorRegistrar registrar, ComputeDevice device) {
    registrar.device(device.device());
    registrar.vectorSpace(new DeviceSpace(device));
    for (Formulas entry : Formulas.ALL) {
      registrar
          .operator(() -> new ElementOperator(entry.formula(), device))
          .device(device.device())
          .samples(entry.samples());
    }
    for (Entry entry : ALL) {
      registrar
          .operator(() -> entry.constructor().apply(device))
          .device(device.device())
          .samples(entry.samples());
    }
  }
}
