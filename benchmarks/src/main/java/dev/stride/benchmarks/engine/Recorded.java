package dev.stride.benchmarks.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A case as a user of the engine writes it: a graph of one parameter, and its adjoint run. */
final class Recorded<T> implements Workload {

  private final Stride stride;
  private final T start;
  private final T seed;
  private final UnaryOperator<Variable<T>> graph;
  private final Variable<T> unrelated;
  private @Nullable Variable<T> parameter;
  private @Nullable Variable<T> root;

  Recorded(Stride stride, T start, T seed, UnaryOperator<Variable<T>> graph) {
    this.stride = stride;
    this.start = start;
    this.seed = seed;
    this.graph = graph;
    this.unrelated = stride.parameter("unrelated", start);
  }

  @Override
  public Object forward() {
    Variable<T> x = stride.parameter("x", start);
    Variable<T> y = graph.apply(x);
    parameter = x;
    root = y;
    return y.get();
  }

  @Override
  public Object adjoint() {
    root().adjoint(seed).join();
    return Objects.requireNonNull(Objects.requireNonNull(parameter).grad());
  }

  /** Lets the graph go by a run that asks for no gradient of it, and so calls no adjoint. */
  void release() {
    List<Seeded<T>> roots = List.of(new Seeded<>(root(), seed));
    stride.gradients(roots, List.of(unrelated), AdjointOptions.defaults()).join();
  }

  /** Forgets the graph. */
  void forget() {
    parameter = null;
    root = null;
  }

  private Variable<T> root() {
    return Objects.requireNonNull(root, "forward comes first");
  }
}
