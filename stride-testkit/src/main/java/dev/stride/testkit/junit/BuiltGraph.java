package dev.stride.testkit.junit;

import dev.stride.api.AdjointCall;
import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A whole graph as one operator, so that the checker can prove it: forward builds the graph, the
 * adjoint runs it.
 *
 * @param name as reports show it
 * @param names of the variables
 * @param engine that the graph is built on
 * @param builder from variables to the loss
 */
record BuiltGraph(
    String name,
    List<String> names,
    Engine engine,
    Function<List<Variable<Tensor>>, Variable<Tensor>> builder)
    implements Operator<Tensor> {

  private record Built(List<Variable<Tensor>> leaves, Variable<Tensor> loss) {}

  @Override
  public Signature signature() {
    Signature.Builder signature = Signature.named("graph." + name);
    names.forEach(signature::input);
    return signature.output("loss").build();
  }

  @Override
  public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
    List<Variable<Tensor>> leaves = new ArrayList<>();
    names.forEach(leaf -> leaves.add(engine.parameter(leaf, call.tensor(leaf))));
    Built built = new Built(leaves, builder.apply(leaves));
    return built.loss.value().thenApply(value -> Outputs.of(value).saving(built));
  }

  @Override
  public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
    Built built = call.saved(Built.class);
    var root = new Engine.Seeded<>(built.loss, call.cotangent());
    return engine
        .gradients(List.of(root), built.leaves, AdjointOptions.defaults().retaining())
        .stage()
        .thenApply(this::gradients);
  }

  private Gradients gradients(List<Tensor> found) {
    Gradients.Builder gradients = Gradients.builder();
    for (int i = 0; i < names.size(); i++) {
      gradients.put(names.get(i), found.get(i));
    }
    return gradients.build();
  }
}
