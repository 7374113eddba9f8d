package dev.stride.ops.gpu.internal.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.AdjointOptions;
import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.EngineListener;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.core.Stride;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A run gives the memory of its cotangents back as it goes along. What the test holds cannot be
 * collected, so that the numbers do not depend on the garbage collector.
 */
class RunMemoryTest {

  @RegisterExtension private static final Opened OPENED = new Opened();

  private static final Shape SHAPE = Shape.of(64, 256);
  private static final long BYTES = 64 * 256 * 4;

  private final ComputeDevice device = OPENED.device();
  private final List<Object> held = new ArrayList<>();
  private final AtomicLong peak = new AtomicLong();
  private Stride stride;

  @BeforeEach
  void open() {
    stride =
        Stride.builder()
            .withoutDiscovery()
            .pack(new Pack(device))
            .listener(
                new EngineListener() {
                  @Override
                  public void released(Event event) {
                    peak.accumulateAndGet(device.memory().liveBytes(), Math::max);
                  }
                })
            .build();
  }

  @AfterEach
  void close() {
    stride.close();
  }

  /** The operators of one device, which outlives the engine. */
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

  private Variable<Tensor> hold(Variable<Tensor> variable) {
    held.add(variable.get());
    return variable;
  }

  private Variable<Tensor> parameter(double value) {
    return hold(stride.parameter(device.upload(Tensor.full(SHAPE, value, DataType.FLOAT32))));
  }

  @Test
  void chain_of_a_thousand_holds_two_cotangents_and_leaves_parameters_and_gradients() {
    Variable<Tensor> x = parameter(1);
    Variable<Tensor> y = x;
    for (int i = 0; i < 1000; i++) {
      y = hold(stride.operator("stride.negate").call(y));
    }
    Tensor seed = hold(parameter(2)).get();
    long before = device.memory().liveBytes();
    peak.set(before);
    y.adjoint(seed).join();

    assertThat(peak.get() - before).isBetween(BYTES, 2 * BYTES);
    assertThat(device.memory().liveBytes() - before).isEqualTo(BYTES);
    assertThat(Objects.requireNonNull(x.grad()).at(0)).isEqualTo(2);
  }

  @Test
  void terms_and_sums_of_gradients_that_meet_come_back() {
    Variable<Tensor> x = parameter(1);
    Variable<Tensor> meeting = hold(x.times(hold(parameter(3))));
    Variable<Tensor> sum = meeting;
    for (int i = 0; i < 30; i++) {
      sum = hold(sum.plus(hold(stride.operator("stride.sin").call(meeting))));
    }
    Tensor seed = hold(parameter(1)).get();
    long before = device.memory().liveBytes();
    sum.adjoint(seed).join();

    assertThat(device.memory().liveBytes() - before)
        .as("the gradients of two")
        .isEqualTo(2 * BYTES);
    double slope = 1 + 30 * Math.cos(3);
    assertThat(Objects.requireNonNull(x.grad()).at(0)).isCloseTo(3 * slope, within(1e-4));
  }

  @Test
  void gradients_that_were_read_stay_when_others_come() {
    Variable<Tensor> x = parameter(2);
    List<Tensor> gradients = new ArrayList<>();
    for (int run = 0; run < 20; run++) {
      Variable<Tensor> y = x;
      for (int i = 0; i < 3; i++) {
        y = y.times(x).plus(y);
      }
      y.sum().adjoint(AdjointOptions.defaults().retaining()).join();
      gradients.add(Objects.requireNonNull(x.grad()));
    }
    // y = x (x + 1)^3, whose slope at 2 is 27 + 2 * 27
    for (int run = 0; run < 20; run++) {
      Tensor gradient = gradients.get(run);
      assertThat(gradient.at(0)).isEqualTo(81 * (run + 1));
      assertThat(gradient.at(gradient.size() - 1)).isEqualTo(81 * (run + 1));
    }
  }

  @Test
  void asked_gradients_of_intermediates_stay_while_the_run_goes_on() {
    Variable<Tensor> x = parameter(2);
    Variable<Tensor> y = x.times(x);
    Variable<Tensor> z = y.times(y);
    List<Tensor> gradients = stride.gradients(z.times(z).sum(), z, y, x).join();

    assertThat(gradients).extracting(one -> one.at(5)).containsExactly(32.0, 256.0, 1024.0);
  }
}
