package dev.stride.core.packs;

import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.PackContext;
import dev.stride.core.internal.discovery.Catalogue;
import dev.stride.core.internal.discovery.DiscoverySettings;
import dev.stride.core.internal.discovery.Injection;
import dev.stride.core.internal.discovery.PackSearch;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Discoveries without an engine; operators run on the calling thread. */
public final class Searches {

  private Searches() {}

  /** Given packs only. */
  public static Catalogue given(OperatorPack... packs) {
    return run(settings(Set.of(), Map.of(), packs));
  }

  /** Given packs, some required, with configuration. */
  public static DiscoverySettings settings(
      Set<String> required, Map<String, String> configuration, OperatorPack... packs) {
    return new DiscoverySettings(
        Searches.class.getClassLoader(), false, List.of(packs), required, false, configuration);
  }

  /** What a class loader finds, and given packs. */
  public static Catalogue in(ClassLoader loader, OperatorPack... packs) {
    return run(new DiscoverySettings(loader, true, List.of(packs), Set.of(), false, Map.of()));
  }

  /** A discovery that must not need injection. */
  public static Catalogue run(DiscoverySettings settings) {
    return new PackSearch(settings, new NoInjection()).run(Runnable::run);
  }

  private record NoInjection() implements Injection.Factory {
    @Override
    public void check(Object module) {
      throw new AssertionError("no injection expected");
    }

    @Override
    public Injection create(PackContext context, List<Object> modules) {
      throw new AssertionError("no injection expected");
    }
  }
}
