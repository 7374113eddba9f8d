package dev.stride.api.spi;

import java.util.Map;
import java.util.concurrent.Executor;

/** What a pack can know of the engine that loads it. */
public interface PackContext {

  /** Configuration of this pack: entries of the engine's that start with its id, without it. */
  Map<String, String> configuration();

  /** The engine's executor; usable at once, and until the engine closes. */
  Executor executor();

  /** The class loader that packs are searched with. */
  ClassLoader classLoader();
}
