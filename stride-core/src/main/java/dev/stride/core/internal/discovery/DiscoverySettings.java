package dev.stride.core.internal.discovery;

import dev.stride.api.spi.OperatorPack;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where packs come from and how they are configured. Immutable.
 *
 * @param classLoader searched for packs
 * @param services whether to search at all
 * @param packs used in any case
 * @param required ids of packs without which there is no start
 * @param certifiedOnly whether a pack that was found and is not certified prevents the start
 * @param configuration settings of packs; keys start with the pack's id and a dot
 */
public record DiscoverySettings(
    ClassLoader classLoader,
    boolean services,
    List<OperatorPack> packs,
    Set<String> required,
    boolean certifiedOnly,
    Map<String, String> configuration) {

  /** Copies the collections. */
  public DiscoverySettings {
    packs = List.copyOf(packs);
    required = Set.copyOf(required);
    configuration = Map.copyOf(configuration);
  }
}
