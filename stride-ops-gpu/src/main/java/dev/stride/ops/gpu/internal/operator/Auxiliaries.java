package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.Arguments;
import dev.stride.api.DifferentiableOperator.VariableCall;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Hands the auxiliary arguments of a call on to the calls that its adjoint is composed of. */
final class Auxiliaries {

  private Auxiliaries() {}

  /**
   * The arguments and, by name, the auxiliary ones of a call of an operator with this signature.
   */
  static Arguments add(Signature signature, Arguments arguments, VariableCall call) {
    Arguments all = arguments;
    for (Port port : signature.inputs()) {
      String name = port.name();
      if (!port.differentiable() && call.has(name)) {
        all =
            all.with(name, call.has(name + "[0]") ? list(port, call) : argument(port, name, call));
      }
    }
    return all;
  }

  private static List<Object> list(Port port, VariableCall call) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; call.has(port.name() + "[" + i + "]"); i++) {
      values.add(argument(port, port.name() + "[" + i + "]", call));
    }
    return values;
  }

  /** Tensors may still be pending, so they travel as variables. */
  private static Object argument(Port port, String path, VariableCall call) {
    return port.type() == Tensor.class ? call.input(path).detach() : call.value(path, port.type());
  }
}
