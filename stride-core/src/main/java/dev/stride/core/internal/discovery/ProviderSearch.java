package dev.stride.core.internal.discovery;

import dev.stride.api.spi.OperatorPack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Supplier;

/**
 * Searches class path and module path for packs. A provider that cannot even be read becomes a
 * candidate that fails, so that it is reported; the search goes on.
 */
final class ProviderSearch {

  private final Declarations declarations;
  private final Set<Class<?>> known = new HashSet<>();
  private final Set<String> failures = new HashSet<>();
  private final List<Candidate> found = new ArrayList<>();

  private ProviderSearch(ClassLoader classLoader, List<OperatorPack> given) {
    this.declarations = new Declarations(classLoader);
    given.forEach(pack -> known.add(pack.getClass()));
  }

  /** Packs that a class loader and the module layer of Stride provide, but for classes given. */
  static List<Candidate> search(ClassLoader classLoader, List<OperatorPack> given) {
    ProviderSearch search = new ProviderSearch(classLoader, given);
    search.collect(ServiceLoader.load(OperatorPack.class, classLoader));
    ModuleLayer own = ProviderSearch.class.getModule().getLayer();
    if (own != null) {
      search.collect(ServiceLoader.load(own, OperatorPack.class));
    }
    return search.found;
  }

  private void collect(ServiceLoader<OperatorPack> services) {
    Spliterator<ServiceLoader.Provider<OperatorPack>> providers = services.stream().spliterator();
    boolean more = true;
    while (more) {
      try {
        more = providers.tryAdvance(this::add);
      } catch (Throwable failure) { // a broken pack must not stop the others
        more = report(failure);
      }
    }
  }

  private void add(ServiceLoader.Provider<OperatorPack> provider) {
    Class<?> type = provider.type();
    if (known.add(type)) {
      found.add(new Candidate(type.getName(), Locations.of(type), provider));
    }
  }

  /** False if the search does not get past a failure: the same one again. */
  private boolean report(Throwable failure) {
    String text = Failures.text(failure);
    if (!failures.add(text)) {
      return false;
    }
    Candidate unknown = new Candidate("unknown pack", "unknown location", failing(failure));
    found.add(declarations.culprit(failure, unknown));
    return true;
  }

  private static Supplier<OperatorPack> failing(Throwable failure) {
    return () -> {
      throw Failures.unchecked(failure);
    };
  }
}
