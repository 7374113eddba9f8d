package dev.stride.core.internal.discovery;

import dev.stride.api.spi.PackContext;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** What one pack can know of its engine. */
record LoadedContext(Map<String, String> configuration, Executor executor, ClassLoader classLoader)
    implements PackContext {

  /** The context of a pack: the settings that start with its id and a dot, without those. */
  static LoadedContext of(String id, DiscoverySettings settings, Executor executor) {
    String prefix = id + ".";
    Map<String, String> own =
        settings.configuration().entrySet().stream()
            .filter(setting -> setting.getKey().startsWith(prefix))
            .collect(
                Collectors.toUnmodifiableMap(
                    setting -> setting.getKey().substring(prefix.length()), Map.Entry::getValue));
    return new LoadedContext(own, executor, settings.classLoader());
  }
}
