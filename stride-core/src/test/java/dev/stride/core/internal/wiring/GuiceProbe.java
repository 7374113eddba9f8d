package dev.stride.core.internal.wiring;

import dev.stride.core.internal.discovery.PackSearch;
import dev.stride.core.packs.Identity;
import dev.stride.core.packs.LambdaPack;
import dev.stride.core.packs.Searches;
import java.util.Map;
import java.util.Set;

/** A program that loads one pack, for {@link GuiceOnDemandTest} to watch. */
public final class GuiceProbe {

  private GuiceProbe() {}

  /**
   * Loads a pack.
   *
   * @param arguments {@code injected} for a pack that registers its operator by class
   */
  public static void main(String... arguments) {
    LambdaPack pack =
        arguments[0].equals("injected")
            ? LambdaPack.of("acme", registrar -> registrar.operator(Injected.class))
            : LambdaPack.of("acme", registrar -> registrar.operator(() -> new Identity("acme.x")));
    var search =
        new PackSearch(Searches.settings(Set.of("acme"), Map.of(), pack), new InjectionOnDemand());
    search.run(Runnable::run).close();
  }
}
