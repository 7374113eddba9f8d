package dev.stride.core.internal.wiring;

import dev.stride.api.spi.PackContext;
import dev.stride.core.internal.discovery.Injection;
import java.util.List;

/** The door to Guice. Mentions none of its types, so that it stays unloaded until it is needed. */
final class InjectionOnDemand implements Injection.Factory {

  @Override
  public void check(Object module) {
    GuiceInjection.check(module);
  }

  @Override
  public Injection create(PackContext context, List<Object> modules) {
    return GuiceInjection.start(context, modules);
  }
}
