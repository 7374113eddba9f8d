package dev.stride.testkit.internal.call;

import dev.stride.api.DataType;
import dev.stride.api.Tensor;
import dev.stride.testkit.Coordinates;

/** The elements of a tensor, row-major. */
final class TensorCoordinates implements Coordinates<Tensor> {

  @Override
  public Class<Tensor> type() {
    return Tensor.class;
  }

  @Override
  public double[] toArray(Tensor value) {
    return value.toDoubleArray();
  }

  @Override
  public Tensor fromArray(Tensor like, double[] coordinates) {
    if (like.dataType() == DataType.FLOAT64) {
      return Tensor.of(like.shape(), coordinates);
    }
    float[] rounded = new float[coordinates.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) coordinates[i];
    }
    return Tensor.adopt(like.shape(), rounded);
  }

  @Override
  public String describe(Tensor value) {
    return "Tensor" + value.shape() + " " + value.dataType();
  }
}
