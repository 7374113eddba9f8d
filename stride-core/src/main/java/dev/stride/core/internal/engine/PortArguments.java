package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.Port;
import dev.stride.api.Port.Arity;
import dev.stride.core.internal.graph.OperatorPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assigns positional and named arguments to ports. */
final class PortArguments {

  private PortArguments() {}

  /** One argument a port, a list of them for a variadic one; null where none was given. */
  static @Nullable Object[] assign(OperatorPlan plan, Arguments arguments) {
    List<Port> ports = plan.signature().inputs();
    @Nullable Object[] perPort = new @Nullable Object[ports.size()];
    assignPositional(plan, ports, arguments.positional(), perPort);
    for (Map.Entry<String, Object> named : arguments.named().entrySet()) {
      int port = indexOf(plan, ports, named.getKey());
      if (perPort[port] != null) {
        throw new IllegalArgumentException(
            plan.name()
                + ": argument `"
                + named.getKey()
                + "` is given twice, by position and by name");
      }
      perPort[port] = named.getValue();
    }
    for (int port = 0; port < perPort.length; port++) {
      if (perPort[port] == null && ports.get(port).arity() == Arity.REQUIRED) {
        throw missing(plan, ports.get(port));
      }
    }
    return perPort;
  }

  static IllegalArgumentException missing(OperatorPlan plan, Port port) {
    return new IllegalArgumentException(
        plan.name()
            + ": argument `"
            + port.name()
            + "` is missing. The signature is "
            + plan.signature()
            + ".");
  }

  private static void assignPositional(
      OperatorPlan plan, List<Port> ports, List<Object> given, @Nullable Object[] perPort) {
    for (int i = 0; i < given.size(); i++) {
      if (i >= ports.size()) {
        throw tooMany(plan, given.size());
      }
      if (ports.get(i).arity() == Arity.VARIADIC && takesRest(ports, given, i)) {
        perPort[i] = List.copyOf(given.subList(i, given.size()));
        return;
      }
      perPort[i] = given.get(i);
    }
  }

  /** The last input takes the remaining arguments, unless it is given one list of them. */
  private static boolean takesRest(List<Port> ports, List<Object> given, int i) {
    return i == ports.size() - 1 && !(i == given.size() - 1 && given.get(i) instanceof List<?>);
  }

  private static IllegalArgumentException tooMany(OperatorPlan plan, int given) {
    int most = plan.signature().inputs().size();
    return new IllegalArgumentException(
        plan.name()
            + ": "
            + Counted.of(given, "argument")
            + (given == 1 ? " is" : " are")
            + " given, but it takes at most "
            + most
            + ". The signature is "
            + plan.signature()
            + ".");
  }

  private static int indexOf(OperatorPlan plan, List<Port> ports, String name) {
    for (int port = 0; port < ports.size(); port++) {
      if (ports.get(port).name().equals(name)) {
        return port;
      }
    }
    throw new IllegalArgumentException(
        plan.name()
            + ": there is no input `"
            + name
            + "`. The signature is "
            + plan.signature()
            + ".");
  }
}
