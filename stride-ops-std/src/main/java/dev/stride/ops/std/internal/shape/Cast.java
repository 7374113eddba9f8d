package dev.stride.ops.std.internal.shape;

import dev.stride.api.DataType;
import dev.stride.api.OperatorCall;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.LinearMap;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import java.util.List;

/**
 * A tensor in another type.
 *
 * <p>Computes {@code y = x}, rounded to the type. The rounding counts as error, not as part of the
 * function: for a cotangent {@code g} the adjoint is {@code g} in the type of {@code x}.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>type (auxiliary)<td>a {@link DataType}<td>1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 *
 * <p>Saves a shape and two types. float64 numbers beyond the range of float32 become infinite.
 * Deterministic and stateless: one instance serves any number of concurrent calls.
 */
final class Cast extends LinearOperator {

  Cast() {
    super("stride.cast", Port.auxiliary("type", DataType.class));
  }

  /** To float64, which is exact from either type; differences could not tell a rounded one. */
  static List<Sample> samples() {
    return Singles.normal().map(x -> Sample.of(x, DataType.FLOAT64)).toList();
  }

  @Override
  protected LinearMap map(Shape x, OperatorCall call) {
    // A transposed call has its cotangent for x, and the original one for its type.
    Tensor original = call.tensor(call.has("argument") ? "argument" : "x");
    return new Typed(x, original.dataType(), call.value("type", DataType.class));
  }

  private record Typed(Shape from, DataType original, DataType type) implements LinearMap {
    @Override
    public Shape to() {
      return from;
    }

    @Override
    public Tensor forward(Tensor x, Parallel parallel) {
      return x.cast(type);
    }

    @Override
    public Tensor adjoint(Tensor cotangent, Parallel parallel) {
      return cotangent.cast(original);
    }
  }
}
