package dev.stride.core.internal.discovery;

import dev.stride.api.Device;
import dev.stride.api.spi.PackContext;
import java.util.List;

/** Constructs the operators that one pack registers by class. */
public interface Injection {

  /** An instance for a device. */
  <T> T construct(Class<T> type, Device device);

  /** Makes one per pack that needs it. */
  interface Factory {

    /**
     * Checks what a pack installs.
     *
     * @throws IllegalArgumentException if it is not a module of the framework
     */
    void check(Object module);

    /** Starts injection with a pack's own modules, which were checked. */
    Injection create(PackContext context, List<Object> modules);
  }
}
