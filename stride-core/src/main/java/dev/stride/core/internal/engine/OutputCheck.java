package dev.stride.core.internal.engine;

import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Port.Arity;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what a forward returned against the signature, and puts it at its places. */
final class OutputCheck {

  private OutputCheck() {}

  /** One value a place, none null, each of its port's type. */
  static Object[] places(OperatorPlan plan, Layout layout, @Nullable Outputs outputs) {
    if (outputs == null) {
      throw new ContractException(null, "forward returned null. Return Outputs.of(...).");
    }
    List<Port> ports = plan.signature().outputs();
    List<Object> values = outputs.values();
    if (values.size() != ports.size()) {
      throw new ContractException(
          null,
          "forward returned "
              + Counted.of(values.size(), "output")
              + ", but the signature has "
              + ports.size()
              + ": "
              + plan.signature()
              + ". Return one value per output port.");
    }
    Object[] places = new Object[layout.size()];
    int place = 0;
    for (int port = 0; port < ports.size(); port++) {
      place = put(places, place, ports.get(port), values.get(port));
    }
    return places;
  }

  private static int put(Object[] places, int place, Port port, Object value) {
    if (port.arity() != Arity.VARIADIC) {
      places[place] = typed(port, value);
      return place + 1;
    }
    int left = places.length - place;
    if (!(value instanceof List<?> list) || list.size() != left) {
      throw new ContractException(
          port.name(),
          "forward returned "
              + (value instanceof List<?> list ? Counted.of(list.size(), "value") : "no list")
              + " for the variadic output, but outputCount leaves "
              + left
              + ". Return a list of that size.");
    }
    for (int i = 0; i < left; i++) {
      places[place + i] = typed(port, list.get(i));
    }
    return places.length;
  }

  private static Object typed(Port port, @Nullable Object value) {
    if (value == null || !port.type().isInstance(value)) {
      throw new ContractException(
          port.name(),
          "forward returned "
              + (value == null ? "null" : "a " + value.getClass().getSimpleName())
              + "; expected a "
              + port.type().getSimpleName()
              + " for the output "
              + port
              + ".");
    }
    return value;
  }
}
