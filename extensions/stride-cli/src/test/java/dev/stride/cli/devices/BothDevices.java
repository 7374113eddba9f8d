package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import dev.stride.core.StrideBuilder;
import dev.stride.core.TransferPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Calls operators on the processor and on a device, with the same arguments. Tests are skipped
 * where there is no device, except in continuous integration.
 */
final class BothDevices implements BeforeAllCallback, AfterAllCallback {

  static final Device DEVICE = new Device("opencl:0");

  private @Nullable Stride stride;

  @Override
  public void beforeAll(ExtensionContext context) {
    Stride opened = builder().build();
    stride = opened;
    requireDevice(opened);
  }

  /** Of engines that move nothing by themselves and leave no compiled programs behind. */
  static StrideBuilder builder() {
    return Stride.builder()
        .transferPolicy(TransferPolicy.EXPLICIT)
        .configure("stride.gpu.cache", "off");
  }

  /** Skips the test where there is no device; fails it there in continuous integration. */
  static void requireDevice(Stride stride) {
    Discovery.Pack pack = stride.discovery().pack("stride.gpu").orElseThrow();
    if (!pack.isAvailable()) {
      assertThat(System.getenv("CI")).as("a device is there in CI: %s", pack).isNotEqualTo("true");
      Assumptions.abort("no OpenCL device: " + pack.status());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (stride != null) {
      stride.close();
    }
  }

  Stride stride() {
    return Objects.requireNonNull(stride, "not open");
  }

  /** Operators of a device, each once. */
  Stream<Discovery.Entry> operators(Device device) {
    return stride().discovery().operators().stream().filter(entry -> entry.device().equals(device));
  }

  /** The samples that an operator of a device is registered with. */
  List<Sample> samples(String name, Device device) {
    return operators(device)
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .samples()
        .get();
  }

  /**
   * The outputs of an operator, then the gradients of the tensors among its arguments, all on the
   * heap.
   */
  List<Tensor> computed(String name, Arguments arguments, String device) {
    List<Variable<Tensor>> parameters = new ArrayList<>();
    UnaryOperator<Object> place = argument -> placed(argument, device, parameters);
    Engine engine = stride().on(device);
    List<Variable<Tensor>> outputs = new ArrayList<>();
    for (Variable<?> output : engine.operator(name).callAll(mapped(arguments, place)).all()) {
      outputs.add(tensor(output));
    }
    List<Tensor> computed = new ArrayList<>();
    Variable<Tensor> loss = stride().variable(Tensor.scalar(0.0));
    for (Variable<Tensor> output : outputs) {
      Tensor value = output.get();
      assertThat(value.device().kind()).isEqualTo(device);
      computed.add(value.toHeap());
      Variable<Tensor> terms = output.moveTo("cpu").times(stride().variable(seed(value)));
      loss = loss.plus(stride().operator("cast").call(terms.sum(), DataType.FLOAT64));
    }
    loss.adjoint().join();
    parameters.stream().map(Variable::grad).filter(Objects::nonNull).forEach(computed::add);
    return computed;
  }

  @SuppressWarnings("unchecked") // every operator here is one of tensors
  private static Variable<Tensor> tensor(Variable<?> output) {
    return (Variable<Tensor>) output;
  }

  private static Tensor seed(Tensor value) {
    Tensor seed = Tensor.zeros(value.shape(), value.dataType());
    return Tensor.random(seed.shape(), seed.dataType(), 9).map(v -> v + 3);
  }

  private Object placed(Object argument, String device, List<Variable<Tensor>> parameters) {
    return switch (argument) {
      case Tensor tensor -> {
        Variable<Tensor> parameter = stride().parameter(tensor);
        parameters.add(parameter);
        yield parameter.moveTo(device);
      }
      case List<?> list -> list.stream().map(item -> placed(item, device, parameters)).toList();
      default -> argument;
    };
  }

  /** The arguments, each of them changed. */
  static Arguments mapped(Arguments arguments, UnaryOperator<Object> change) {
    Arguments mapped = Arguments.of(arguments.positional().stream().map(change).toArray());
    for (Map.Entry<String, Object> named : arguments.named().entrySet()) {
      mapped = mapped.with(named.getKey(), change.apply(named.getValue()));
    }
    return mapped;
  }

  /** What the operator says of arguments that it refuses. */
  String refusal(String name, Arguments arguments, String device) {
    Throwable failure = catchThrowable(() -> computed(name, arguments, device));
    assertThat(failure)
        .as("%s on %s refuses %s", name, device, Sample.of(arguments).description())
        .isNotNull();
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    return String.valueOf(failure.getMessage());
  }
}
