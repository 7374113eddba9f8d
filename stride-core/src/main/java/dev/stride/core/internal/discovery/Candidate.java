package dev.stride.core.internal.discovery;

import dev.stride.api.spi.OperatorPack;
import java.util.function.Supplier;

/**
 * A pack that may be loaded.
 *
 * @param type name of its class, or what is known where the class cannot be loaded
 * @param location where that comes from
 * @param constructor makes the pack; throws where it is broken
 */
record Candidate(String type, String location, Supplier<? extends OperatorPack> constructor) {

  static Candidate given(OperatorPack pack) {
    return new Candidate(pack.getClass().getName(), Locations.of(pack.getClass()), () -> pack);
  }
}
