package dev.stride.api.spi;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import java.util.function.Supplier;

/**
 * Takes what a pack brings. For the thread that it is given on, and valid during {@link
 * OperatorPack#register} only: after that every method throws {@link IllegalStateException}. What
 * contradicts other packs is found when all have registered, and reported together.
 */
public interface OperatorRegistrar {

  /** Registers an operator; the supplier is called once per engine. */
  Registration operator(Supplier<? extends Operator<?>> constructor);

  /**
   * Registers an operator that Guice makes, through its {@code jakarta.inject.Inject} constructor.
   * It can have the {@link PackContext}, the {@link java.util.concurrent.Executor}, and what the
   * pack's own modules bind. On the module path its package must be open to {@code
   * com.google.guice}.
   */
  Registration operator(Class<? extends Operator<?>> type);

  /** Registers a class of values. */
  void vectorSpace(VectorSpace<?> space);

  /** Registers a device that operators can be registered for. */
  void device(Device device);

  /**
   * Installs a module of the dependency injection framework, for operators registered by class.
   *
   * @param module a {@code com.google.inject.Module}
   * @throws IllegalArgumentException if it is something else
   */
  void install(Object module);

  /** Details of one operator; all optional. */
  interface Registration {

    /** The device that it computes on; the CPU by default. */
    Registration device(Device device);

    /** Among implementations of one name, device and type the highest is used; 0 by default. */
    Registration priority(int priority);

    /** Arguments to check it with; see {@link Sample}. */
    Registration samples(Supplier<java.util.List<Sample>> samples);
  }
}
