package dev.stride.core.internal.wiring;

import com.google.inject.Binder;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.name.Names;
import com.google.inject.spi.Message;
import dev.stride.api.Device;
import dev.stride.api.spi.PackContext;
import dev.stride.core.internal.discovery.Injection;
import dev.stride.core.internal.discovery.PackException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Constructs a pack's operators with Guice. Each pack has an injector of its own, so that no pack
 * sees or breaks another's bindings.
 *
 * <p>Operators can have the {@link PackContext}, the {@link Executor}, the {@link Device} they are
 * registered for, each setting of the pack as a {@code @Named} string (or what Guice converts it
 * to), and what the pack's modules bind.
 */
final class GuiceInjection implements Injection {

  private final Injector injector;
  private final Map<Device, Injector> byDevice = new HashMap<>();

  private GuiceInjection(Injector injector) {
    this.injector = injector;
  }

  /** Checks what a pack installs. */
  static void check(Object module) {
    if (!(module instanceof Module)) {
      throw new IllegalArgumentException(
          "install got a "
              + module.getClass().getName()
              + "; expected a "
              + Module.class.getName()
              + " of the Guice that Stride uses");
    }
  }

  /** An injector for one pack. */
  static GuiceInjection start(PackContext context, List<Object> modules) {
    try {
      return new GuiceInjection(Guice.createInjector(binder -> bind(binder, context, modules)));
    } catch (CreationException e) {
      throw fault("starting Guice", e.getErrorMessages());
    }
  }

  private static void bind(Binder binder, PackContext context, List<Object> modules) {
    binder.disableCircularProxies();
    binder.bind(PackContext.class).toInstance(context);
    binder.bind(Executor.class).toInstance(context.executor());
    Names.bindProperties(binder, context.configuration());
    modules.forEach(module -> binder.install((Module) module));
  }

  @Override
  public <T> T construct(Class<T> type, Device device) {
    checkOpen(type);
    try {
      return byDevice.computeIfAbsent(device, this::forDevice).getInstance(type);
    } catch (ConfigurationException e) {
      throw fault("injecting " + type.getName(), e.getErrorMessages());
    } catch (ProvisionException e) {
      throw fault("injecting " + type.getName(), e.getErrorMessages());
    }
  }

  /** One line per message, where Guice's own text has a page and needs to read class files. */
  private static PackException fault(String action, Collection<Message> messages) {
    return new PackException(
        messages.stream()
            .map(GuiceInjection::text)
            .collect(Collectors.joining("; ", action + " failed: ", "")),
        messages.iterator().next().getCause());
  }

  private static String text(Message message) {
    Throwable cause = message.getCause();
    return message.getMessage() + (cause == null ? "" : ": " + cause);
  }

  private Injector forDevice(Device device) {
    return injector.getExistingBinding(Key.get(Device.class)) == null
        ? injector.createChildInjector(binder -> binder.bind(Device.class).toInstance(device))
        : injector;
  }

  /** Guice needs deep reflection; without it, it fails with a page of its own internals. */
  private static void checkOpen(Class<?> type) {
    java.lang.Module module = type.getModule();
    java.lang.Module guice = Guice.class.getModule();
    String packageName = type.getPackageName();
    if (!module.isOpen(packageName, guice)) {
      throw new PackException(
          ("%s is registered by class, but its package is not open to Guice. Add \"opens %s%s;\" to"
                  + " the module-info of %s, or register a supplier: registrar.operator(%s::new)")
              .formatted(
                  type.getName(),
                  packageName,
                  guice.isNamed() ? " to " + guice.getName() : "",
                  module.getName(),
                  type.getSimpleName()));
    }
  }
}
