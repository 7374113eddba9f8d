package dev.stride.testkit.internal.graph;

import dev.stride.core.Stride;

/** Makes the engines that checks run on. */
final class Engines {

  private static final int THREADS = 4;

  private Engines() {}

  /** An engine without any pack, on threads of its own. */
  static Stride bare() {
    return Stride.builder().withoutDiscovery().threads(THREADS).build();
  }

  /** An engine with the packs that are found, for operators that call others. */
  static Stride discovered() {
    return Stride.builder().threads(THREADS).build();
  }
}
