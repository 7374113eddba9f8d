package dev.stride.core.internal.engine;

import dev.stride.api.Port;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts gradients given by position, one per differentiable input, at the places of a call. */
final class Placement {

  private final OperatorPlan plan;
  private final Layout layout;
  private final @Nullable Object[] places;

  private Placement(OperatorPlan plan, Layout layout, @Nullable Object[] places) {
    this.plan = plan;
    this.layout = layout;
    this.places = places;
  }

  static void put(
      OperatorPlan plan,
      Layout layout,
      List<@Nullable Object> gradients,
      @Nullable Object[] places) {
    if (places.length == 1 && gradients.size() == 1 && layout.isOneToOne()) {
      places[0] = gradients.getFirst();
    } else {
      new Placement(plan, layout, places).putPositional(gradients);
    }
  }

  private void putPositional(List<@Nullable Object> gradients) {
    int entry = 0;
    for (int port = 0; port < layout.ports().size(); port++) {
      if (layout.ports().get(port).differentiable()) {
        if (entry < gradients.size()) {
          put(port, gradients.get(entry));
        } else if (layout.isGiven(port)) {
          throw wrongNumber(gradients.size());
        }
        entry++;
      }
    }
    if (gradients.size() > entry) {
      throw wrongNumber(gradients.size());
    }
  }

  private void put(int port, @Nullable Object gradient) {
    int first = 0;
    while (first < layout.size() && layout.portIndex(first) < port) {
      first++;
    }
    int end = first;
    while (end < layout.size() && layout.portIndex(end) == port) {
      end++;
    }
    String name = layout.ports().get(port).name();
    if (end == first + 1 && layout.path(first).equals(name)) {
      places[first] = gradient;
    } else if (gradient != null) {
      putList(name, first, end, gradient);
    }
  }

  private void putList(String port, int first, int end, Object gradient) {
    if (!(gradient instanceof List<?> list) || list.size() != end - first) {
      throw new ContractException(
          port,
          "adjoint returned "
              + (gradient instanceof List<?> list ? Counted.of(list.size(), "gradient") : "no list")
              + " for `"
              + port
              + "`, which has "
              + Counted.of(end - first, "value")
              + ". Return a list with an entry per value, or gradients by path.");
    }
    for (int place = first; place < end; place++) {
      places[place] = list.get(place - first);
    }
  }

  private ContractException wrongNumber(int returned) {
    List<String> names = plan.signature().differentiableInputs().stream().map(Port::name).toList();
    return new ContractException(
        null,
        "adjoint returned "
            + Counted.of(returned, "gradient")
            + ", but "
            + (names.size() == 1 ? "there is " : "there are ")
            + Counted.of(names.size(), "differentiable input")
            + " ("
            + String.join(", ", names)
            + "). Return one entry per differentiable input, null where needsGrad is false.");
  }
}
