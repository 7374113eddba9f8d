package dev.stride.core.internal.engine;

import dev.stride.api.Engine.Seeded;
import dev.stride.api.spi.VectorSpace.Spec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cotangents that a run starts from. */
final class Seeds {

  private Seeds() {}

  /** One seed a root: as given, if it fits; 1 for a scalar root. The roots' values are there. */
  static List<Object> of(EngineCore engine, RunContext run, List<? extends Seeded<?>> roots) {
    List<Object> seeds = new ArrayList<>(roots.size());
    for (int i = 0; i < roots.size(); i++) {
      var root = run.plan().roots().get(i);
      String name = roots.get(i).root().name();
      Object seed = resolve(engine, name, root.node().spec(root.output()), roots.get(i).seed());
      if (engine.anomalies().isWanted(run.options().detectAnomalies())) {
        engine.anomalies().checkSeed(name, seed);
      }
      seeds.add(seed);
    }
    return seeds;
  }

  private static Object resolve(
      EngineCore engine, String name, Spec<?> spec, @Nullable Object seed) {
    if (seed == null) {
      if (spec.isScalar()) {
        return spec.one();
      }
      throw new IllegalArgumentException(
          "variable '"
              + name
              + "' is "
              + spec
              + ", and no seed is given; only a scalar root has the seed 1 by default. Give"
              + " adjoint(seed) a seed of "
              + spec
              + ".");
    }
    if (!spec.equals(engine.values().spec(seed))) {
      throw new IllegalArgumentException(
          "variable '"
              + name
              + "' is "
              + spec
              + ", but the seed is "
              + engine.values().shape(seed)
              + ". A seed has the shape and type of its variable.");
    }
    return seed;
  }
}
