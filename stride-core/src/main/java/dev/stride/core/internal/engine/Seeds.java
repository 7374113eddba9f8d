package dev.stride.core.internal.engine;

import dev.stride.api.Engine.Seeded;
import dev.stride.api.Variable;
import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.GraphNode;
import dev.stride.core.internal.graph.RunPlan.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a run starts: its roots, and a cotangent for each. */
final class Seeds {

  private Seeds() {}

  /** Names of the roots as messages quote them. */
  static String names(List<? extends Seeded<?>> roots) {
    return roots.stream().map(seeded -> seeded.root().name()).collect(Collectors.joining("', '"));
  }

  /** The roots in the graph; throws if one needs no gradient. */
  static List<Root> nodes(EngineCore engine, List<? extends Seeded<?>> roots) {
    return roots.stream().map(seeded -> node(engine, seeded.root())).toList();
  }

  private static Root node(EngineCore engine, Variable<?> root) {
    var captured = engine.own(root).capture();
    GraphNode node = captured.node();
    if (node == null) {
      throw new IllegalStateException(
          "variable '"
              + root.name()
              + "' needs no gradient: nothing it was computed from is a parameter, or it was"
              + " computed without recording. Make a leaf with stride.parameter(...), or"
              + " asParameter().");
    }
    return new Root(node, captured.output());
  }

  /** The values of the roots and of other variables, which may be pending. */
  static List<Pending<?>> values(
      EngineCore engine, List<? extends Seeded<?>> roots, List<? extends Variable<?>> others) {
    List<Pending<?>> values = new ArrayList<>();
    roots.forEach(seeded -> values.add(engine.own(seeded.root()).capture().pending()));
    others.forEach(variable -> values.add(engine.own(variable).capture().pending()));
    return values;
  }

  /** One seed a root: as given, if it fits; 1 for a scalar root. The roots' values are there. */
  static List<Object> of(RunContext run, List<? extends Seeded<?>> roots) {
    EngineCore engine = run.engine();
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
