package dev.stride.api.spi;

import java.lang.module.ModuleDescriptor;
import java.util.List;

/**
 * A set of operators that an engine finds with {@link java.util.ServiceLoader}.
 *
 * <p>List it in {@code META-INF/services/dev.stride.api.spi.OperatorPack} and, for a named module,
 * {@code provides} it. It is made once per engine, on the thread that creates the engine, which
 * also asks whether it is available and registers it. Static initialisers must not probe the
 * machine: {@link #availability} does. A pack that throws, an {@link Error} too, is reported as
 * broken, and nothing of it is used; the engine works on without it, unless its configuration
 * requires the pack.
 */
public interface OperatorPack {

  /** Unique id, such as {@code acme.filters}. The prefix {@code stride.} is reserved. */
  String id();

  /**
   * Version as shown to users; by default that of the module, on the class path that of the jar's
   * manifest, or {@code unknown}.
   */
  default String version() {
    ModuleDescriptor module = getClass().getModule().getDescriptor();
    String version =
        module == null
            ? getClass().getPackage().getImplementationVersion()
            : module.rawVersion().orElse(null);
    return version == null ? "unknown" : version;
  }

  /** Whether this pack can work here. Called once, before {@link #register}. */
  default Availability availability(PackContext context) {
    return Availability.available();
  }

  /**
   * What this pack sees of the machine, for {@code ./stride doctor}; by default nothing. Works
   * without an engine, may take seconds, and tells what is wrong instead of throwing.
   */
  default List<Diagnostic> diagnose() {
    return List.of();
  }

  /** Registers operators, value types and devices. Called if the pack is available. */
  void register(OperatorRegistrar registrar);

  /**
   * Releases what the pack holds. Called once, on the thread that closes the engine, after its
   * operators have ended or were left behind. What it throws is logged.
   */
  default void close() {}
}
