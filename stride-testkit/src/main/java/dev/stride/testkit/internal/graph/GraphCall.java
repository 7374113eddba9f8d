package dev.stride.testkit.internal.graph;

import dev.stride.api.Engine;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Operator;
import dev.stride.api.Results;
import dev.stride.api.Variable;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call of the operator through an engine, with a variable for each differentiable value.
 *
 * @param leaves the variables by path
 * @param results the outputs
 */
record GraphCall(Map<String, Variable<Object>> leaves, Results results) {

  /** Calls an operator at a point; its leaves are parameters of their own. */
  static GraphCall at(Engine engine, Operator<?> operator, Subject subject, Vec point) {
    Map<String, Variable<Object>> leaves = new LinkedHashMap<>();
    subject
        .inputs()
        .values(point)
        .forEach((path, value) -> leaves.put(path, engine.parameter(value)));
    return of(engine, operator, subject, leaves);
  }

  /** Calls an operator with these variables. */
  static GraphCall of(
      Engine engine, Operator<?> operator, Subject subject, Map<String, Variable<Object>> leaves) {
    return new GraphCall(
        leaves, engine.call(operator, subject.arguments().copy().toArguments(leaves)));
  }

  /** Every differentiable output with its part of a cotangent. */
  List<Seeded<Object>> seeded(Layout outputs, Vec cotangent) {
    List<Seeded<Object>> roots = new ArrayList<>();
    for (int o = 0; o < outputs.blocks(); o++) {
      roots.add(seeded(outputs, cotangent, o));
    }
    return roots;
  }

  /** One output with its part of a cotangent. */
  Seeded<Object> seeded(Layout outputs, Vec cotangent, int output) {
    return new Seeded<>(output(outputs.path(output)), outputs.value(output, cotangent));
  }

  /** An output by path. */
  Variable<Object> output(String path) {
    return results.get(path, Object.class);
  }

  /** The outputs' values; waits for them. */
  Vec value(Layout outputs) {
    Map<String, Object> values = new LinkedHashMap<>();
    outputs.paths().forEach(path -> values.put(path, output(path).get()));
    return outputs.vector(values);
  }

  /** The gradients that a run has left on the leaves. */
  Vec gradient(Layout inputs) {
    Map<String, Object> gradients = new LinkedHashMap<>();
    leaves.forEach((path, leaf) -> {
      Object gradient = leaf.grad();
      if (gradient != null) {
        gradients.put(path, gradient);
      }
    });
    return inputs.vector(gradients);
  }
}
