package dev.stride.ops.gpu.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.core.Stride;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.Opened;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** E25 on a device: gradients are variables there, and products with a Hessian stay there. */
class SecondDerivativesTest {

  @RegisterExtension private static final Opened OPENED = new Opened();

  private static final double[] AT = {-1.3, -0.2, 0.4, 1.1, 2.5, 3.0};
  private static final double[] DIRECTION = {1, -2, 0.5, 3, -1, 0.25};

  private final ComputeDevice device = OPENED.device();
  private final Stride stride = Stride.builder().withoutDiscovery().pack(new Pack(device)).build();
  private final Variable<Tensor> x = stride.parameter("x", tensor(Shape.of(2, 3), AT));
  private final Variable<Tensor> direction =
      stride.variable("v", tensor(Shape.of(2, 3), DIRECTION));

  @AfterEach
  void close() {
    stride.close();
  }

  private record Pack(ComputeDevice device) implements OperatorPack {
    @Override
    public String id() {
      return "test.gpu";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      DeviceOperators.register(registrar, device);
    }
  }

  private Tensor tensor(Shape shape, double... values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return device.upload(Tensor.of(shape, rounded));
  }

  /** The Hessian of a loss times the direction. */
  private double[] hessianProduct(Variable<Tensor> loss) {
    Variable<Tensor> gradient = stride.recordedGradients(loss, x).getFirst();
    assertThat(gradient.get().device()).isEqualTo(device.device());
    gradient.times(direction).sum().adjoint().join();
    return Objects.requireNonNull(x.grad()).toDoubleArray();
  }

  @Test
  void product_with_a_hessian_of_functions_of_elements() {
    Variable<Tensor> y = stride.operator("exp").call(stride.operator("sin").call(x));
    double[] product = hessianProduct(y.sum());

    for (int i = 0; i < AT.length; i++) {
      double cosine = Math.cos(AT[i]);
      double second = Math.exp(Math.sin(AT[i])) * (cosine * cosine - Math.sin(AT[i]));
      assertThat(product[i]).isCloseTo(second * DIRECTION[i], within(1e-4));
    }
  }

  @Test
  void product_with_a_hessian_of_what_is_repeated_and_summed() {
    Variable<Tensor> columns = stride.operator("sum").call(x.times(x), 0);
    double[] product = hessianProduct(columns.times(x).sum());

    for (int column = 0; column < 3; column++) {
      double a = AT[column];
      double b = AT[column + 3];
      double u = DIRECTION[column];
      double v = DIRECTION[column + 3];
      assertThat(product[column])
          .isCloseTo((6 * a + 2 * b) * u + (2 * a + 2 * b) * v, within(1e-4));
      assertThat(product[column + 3])
          .isCloseTo((2 * a + 2 * b) * u + (2 * a + 6 * b) * v, within(1e-4));
    }
  }

  @Test
  void operator_without_a_recipe_is_named() {
    Variable<Tensor> loss = stride.operator("abs").call(x).sum();

    assertThatThrownBy(() -> stride.recordedGradients(loss, x)).hasMessageContaining("stride.abs");
  }
}
