package dev.stride.core.internal.wiring;

import dev.stride.core.Discovery;
import dev.stride.core.internal.discovery.Catalogue;
import dev.stride.core.internal.discovery.DiscoverySettings;
import dev.stride.core.internal.discovery.PackSearch;
import dev.stride.core.internal.engine.DefaultEngine;
import dev.stride.core.internal.engine.EngineConfiguration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Puts an engine, its packs and their injection together.
 *
 * <p>Guice is loaded only when a pack asks for it: see {@code docs/decisions}.
 */
public final class Wiring {

  private Wiring() {}

  /**
   * An engine and what was discovered for it.
   *
   * @param engine running
   * @param discovery for users
   */
  public record Started(DefaultEngine engine, Discovery discovery) {}

  /**
   * Starts an engine, which starts discovery.
   *
   * @throws dev.stride.api.StrideException if the packs contradict each other or a required one is
   *     not usable
   */
  public static Started start(EngineConfiguration configuration, DiscoverySettings settings) {
    PackSearch search = new PackSearch(settings, new InjectionOnDemand());
    AtomicReference<Catalogue> found = new AtomicReference<>();
    DefaultEngine engine =
        new DefaultEngine(
            configuration,
            executor -> {
              Catalogue catalogue = search.run(executor);
              found.setPlain(catalogue);
              return catalogue;
            });
    return new Started(engine, found.getPlain().discovery());
  }
}
