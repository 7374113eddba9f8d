package dev.stride.testkit.internal.graph;

import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.Stride;
import dev.stride.core.StrideBuilder;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.List;

/** Makes the engines that checks run on. They know the vector spaces of a subject's values. */
final class Engines {

  private static final int THREADS = 4;

  private Engines() {}

  /** An engine without any pack, on threads of its own. */
  static Stride bare(Subject subject) {
    return with(subject, Stride.builder().withoutDiscovery().threads(THREADS)).build();
  }

  /** An engine with the packs that are found, for operators that call others. */
  static Stride discovered(Subject subject) {
    Stride found = Stride.builder().threads(THREADS).build();
    List<VectorSpace<?>> missing =
        subject.runner().kinds().spaces().stream().filter(s -> !knows(found, s)).toList();
    if (missing.isEmpty()) {
      return found;
    }
    found.close();
    return Stride.builder().threads(THREADS).pack(new Values(missing)).build();
  }

  private static boolean knows(Stride engine, VectorSpace<?> space) {
    return engine.discovery().spaces().stream()
        .anyMatch(s -> s.type().equals(space.type()) && s.device().equals(space.device()));
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
