package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Operator;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.check.Bits;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Finding;
import dev.stride.testkit.internal.check.Resampling;
import dev.stride.testkit.internal.check.Setting;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One instance on two branches of one graph, twice on the same variables, with one variable in two
 * ports, and twice in a chain where an output fits an input, gives bitwise what its adjoint gives
 * call by call.
 */
public final class GraphCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.GRAPH;
  }

  @Override
  public boolean usesEngine() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    if (subject.inputs().blocks() == 0 || subject.outputs().blocks() == 0) {
      return Finding.skipped("there is nothing to differentiate");
    }
    SplittableRandom random = setting.random(rule());
    try (Stride engine = Engines.bare(subject)) {
      String branches = branches(engine, subject, random);
      if (!branches.isEmpty()) {
        return Finding.fail("one instance on two branches: " + branches);
      }
      String diamond = diamond(engine, subject, random);
      if (!diamond.isEmpty()) {
        return Finding.fail("one instance twice on the same variables: " + diamond);
      }
      String shared = sharedVariable(engine, subject, random);
      if (!shared.isEmpty()) {
        return Finding.fail("one variable in two ports: " + shared);
      }
      Chain chain = Chain.in(subject);
      String problem = chain == null ? "" : chain.problem(engine, subject, random);
      return problem.isEmpty()
          ? Finding.pass().figure("chained", chain == null ? 0 : 1)
          : Finding.fail("one instance twice in a chain: " + problem);
    }
  }

  private static String branches(Engine engine, Subject subject, SplittableRandom random) {
    Operator<?> operator = subject.runner().operator();
    Vec here = subject.point();
    Vec there = Resampling.near(subject, random);
    Vec v = subject.outputs().gaussian(random);
    Vec w = subject.outputs().gaussian(random);
    GraphCall first = GraphCall.at(engine, operator, subject, here);
    GraphCall second = GraphCall.at(engine, operator, subject, there);
    List<Seeded<Object>> roots = new ArrayList<>(first.seeded(subject.outputs(), v));
    roots.addAll(second.seeded(subject.outputs(), w));
    subject.runner().patience().await(engine.adjoint(roots, AdjointOptions.defaults()));
    Layout inputs = subject.inputs();
    String problem = Bits.difference(inputs, subject.gradient(here, v), first.gradient(inputs));
    return problem.isEmpty()
        ? Bits.difference(inputs, subject.gradient(there, w), second.gradient(inputs))
        : problem;
  }

  /** Both calls take the same variables, whose gradients add up. */
  private static String diamond(Engine engine, Subject subject, SplittableRandom random) {
    Operator<?> operator = subject.runner().operator();
    Vec here = subject.point();
    Vec v = subject.outputs().gaussian(random);
    Vec w = subject.outputs().gaussian(random);
    GraphCall first = GraphCall.at(engine, operator, subject, here);
    GraphCall second = GraphCall.of(engine, operator, subject, first.leaves());
    List<Seeded<Object>> roots = new ArrayList<>(first.seeded(subject.outputs(), v));
    roots.addAll(second.seeded(subject.outputs(), w));
    subject.runner().patience().await(engine.adjoint(roots, AdjointOptions.defaults()));
    Vec sum = subject.gradient(here, v).plus(1, subject.gradient(here, w));
    return Bits.difference(
        subject.inputs(), subject.inputs().rounded(sum), first.gradient(subject.inputs()));
  }

  /** The first two inputs of one shape get one variable, if the operator takes equal values. */
  private static String sharedVariable(Engine engine, Subject subject, SplittableRandom random) {
    Layout inputs = subject.inputs();
    for (int b = 1; b < inputs.blocks(); b++) {
      if (!inputs.describe(b).equals(inputs.describe(b - 1))) {
        continue;
      }
      Vec point = subject.point().with(b, subject.point().block(b - 1));
      Vec cotangent = subject.outputs().gaussian(random);
      Vec apart;
      try {
        apart = subject.gradient(point, cotangent);
      } catch (ContractViolation refused) {
        continue;
      }
      Map<String, Variable<Object>> leaves = new LinkedHashMap<>();
      inputs.values(point).forEach((path, value) -> leaves.put(path, engine.parameter(value)));
      Variable<Object> both = leaves.get(inputs.path(b - 1));
      leaves.put(inputs.path(b), both);
      GraphCall call = GraphCall.of(engine, subject.runner().operator(), subject, leaves);
      subject
          .runner()
          .patience()
          .await(
              engine.adjoint(call.seeded(subject.outputs(), cotangent), AdjointOptions.defaults()));
      Vec sum =
          inputs
              .zeros()
              .with(b, apart.block(b))
              .plus(1, inputs.zeros().with(b, apart.block(b - 1)));
      Vec got = inputs.zeros().with(b, call.gradient(inputs).block(b));
      return Bits.difference(inputs, inputs.rounded(sum), got);
    }
    return "";
  }

  /** An output whose values can be given to an input. */
  private record Chain(int output, int input) {

    static @Nullable Chain in(Subject subject) {
      for (int o = 0; o < subject.outputs().blocks(); o++) {
        for (int i = 0; i < subject.inputs().blocks(); i++) {
          if (subject.outputs().describe(o).equals(subject.inputs().describe(i))) {
            return new Chain(o, i);
          }
        }
      }
      return null;
    }

    String problem(Engine engine, Subject subject, SplittableRandom random) {
      Operator<?> operator = subject.runner().operator();
      Layout inputs = subject.inputs();
      Vec here = subject.point();
      Vec middle = here.with(input, subject.value(here).block(output));
      Vec cotangent = subject.outputs().gaussian(random);
      GraphCall inner = GraphCall.at(engine, operator, subject, here);
      Map<String, Variable<Object>> leaves = new LinkedHashMap<>();
      inputs.values(here).forEach((path, value) -> leaves.put(path, engine.parameter(value)));
      leaves.put(inputs.path(input), inner.output(subject.outputs().path(output)));
      GraphCall outer = GraphCall.of(engine, operator, subject, leaves);
      subject
          .runner()
          .patience()
          .await(
              engine.adjoint(
                  outer.seeded(subject.outputs(), cotangent), AdjointOptions.defaults()));
      Vec outerGradient = subject.gradient(middle, cotangent);
      Vec passed = subject.outputs().zeros().with(output, outerGradient.block(input));
      return Bits.difference(inputs, subject.gradient(here, passed), inner.gradient(inputs));
    }
  }
}
