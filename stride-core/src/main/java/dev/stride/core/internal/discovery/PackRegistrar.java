package dev.stride.core.internal.discovery;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.api.spi.VectorSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects what one pack registers; nothing of it is in use before the pack has ended. */
final class PackRegistrar implements OperatorRegistrar {

  private final String pack;
  private final Consumer<Object> moduleCheck;
  private final List<Pending> operators = new ArrayList<>();
  private final List<VectorSpace<?>> spaces = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<Object> modules = new ArrayList<>();
  private boolean closed;

  PackRegistrar(String pack, Consumer<Object> moduleCheck) {
    this.pack = pack;
    this.moduleCheck = moduleCheck;
  }

  @Override
  public Registration operator(Supplier<? extends Operator<?>> constructor) {
    Objects.requireNonNull(constructor, "constructor");
    return register("the supplier of operator " + operators.size(), (_, _) -> constructor.get());
  }

  @Override
  public Registration operator(Class<? extends Operator<?>> type) {
    Objects.requireNonNull(type, "type");
    return register(
        "injecting " + type.getName(),
        (injection, device) -> injection.get().construct(type, device));
  }

  private Registration register(String label, Recipe recipe) {
    checkOpen();
    Pending pending = new Pending(label, recipe);
    operators.add(pending);
    return pending;
  }

  @Override
  public void vectorSpace(VectorSpace<?> space) {
    checkOpen();
    spaces.add(Objects.requireNonNull(space, "space"));
  }

  @Override
  public void device(Device device) {
    checkOpen();
    devices.add(Objects.requireNonNull(device, "device"));
  }

  @Override
  public void install(Object module) {
    checkOpen();
    moduleCheck.accept(Objects.requireNonNull(module, "module"));
    modules.add(module);
  }

  /** Ends the registration: the pack must not use it any more. */
  void close() {
    closed = true;
  }

  List<Pending> operators() {
    return operators;
  }

  List<VectorSpace<?>> spaces() {
    return spaces;
  }

  List<Device> devices() {
    return devices;
  }

  List<Object> modules() {
    return modules;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(
          "pack \""
              + pack
              + "\": the registrar is used after register() returned. Register everything within"
              + " it.");
    }
  }

  /** Makes an operator for a device; asks for injection only if it needs it. */
  @FunctionalInterface
  interface Recipe {
    Operator<?> make(Supplier<Injection> injection, Device device);
  }

  /** An operator to be made. */
  final class Pending implements Registration {

    private final String label;
    private final Recipe recipe;
    private Device device = Device.CPU;
    private int priority;
    private Supplier<List<Sample>> samples = List::of;

    private Pending(String label, Recipe recipe) {
      this.label = label;
      this.recipe = recipe;
    }

    @Override
    public Registration device(Device other) {
      checkOpen();
      device = Objects.requireNonNull(other, "device");
      return this;
    }

    @Override
    public Registration priority(int other) {
      checkOpen();
      priority = other;
      return this;
    }

    @Override
    public Registration samples(Supplier<List<Sample>> other) {
      checkOpen();
      samples = Objects.requireNonNull(other, "samples");
      return this;
    }

    Operator<?> make(Supplier<Injection> injection) {
      return recipe.make(injection, device);
    }

    /** What makes it, for messages. */
    String label() {
      return label;
    }

    Device device() {
      return device;
    }

    int priority() {
      return priority;
    }

    Supplier<List<Sample>> samples() {
      return samples;
    }
  }
}
