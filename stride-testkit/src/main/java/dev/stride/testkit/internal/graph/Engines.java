package dev.stride.testkit.internal.graph;

import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.Stride;
import dev.stride.core.StrideBuilder;
import dev.stride.testkit.internal.numeric.Subject;
import java.time.Duration;
import java.util.List;

/** Makes the engines that checks run on. They know the vector spaces of a subject's values. */
final class Engines {

  private static final int THREADS = 4;

  /** Longest wait for an operator that never ends; nobody uses the engine any more. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

  private Engines() {}

  private static StrideBuilder builder(int threads) {
    return Stride.builder().threads(threads).closeTimeout(CLOSE_TIMEOUT);
  }

  /** An engine without any pack, on threads of its own. */
  static Stride bare(Subject subject) {
    return with(subject, builder(THREADS).withoutDiscovery()).build();
  }

  /** An engine with the packs that are found, for operators that call others. */
  static Stride discovered(Subject subject) {
    Stride found = builder(THREADS).build();
    List<VectorSpace<?>> missing =
        subject.runner().kinds().spaces().stream().filter(s -> !knows(found, s)).toList();
    if (missing.isEmpty()) {
      return found;
    }
    found.close();
    return builder(THREADS).pack(new Values(missing)).build();
  }

  private static boolean knows(Stride engine, VectorSpace<?> space) {
    return engine.discovery().spaces().stream()
        .anyMatch(s -> s.type().equals(space.type()) && s.device().equals(space.device()));
  }

  /** An engine that computes on one thread. */
  static Stride single(Subject subject) {
    return with(subject, builder(1).withoutDiscovery()).build();
  }

  /** An engine with one pack. */
  static Stride with(Subject subject, OperatorPack pack) {
    return with(subject, builder(THREADS).withoutDiscovery().pack(pack)).build();
  }

  /** Adds what an engine must know of a subject's values. */
  static StrideBuilder with(Subject subject, StrideBuilder builder) {
    List<VectorSpace<?>> spaces = subject.runner().kinds().spaces();
    return spaces.isEmpty() ? builder : builder.pack(new Values(spaces));
  }

  /** A pack of vector spaces. */
  private record Values(List<VectorSpace<?>> spaces) implements OperatorPack {

    @Override
    public String id() {
      return "testkit.values";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      spaces.forEach(registrar::vectorSpace);
    }
  }
}
