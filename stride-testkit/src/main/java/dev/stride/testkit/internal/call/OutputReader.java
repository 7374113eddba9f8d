package dev.stride.testkit.internal.call;

import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks what forward or tangent returned against the output ports. */
final class OutputReader {

  private OutputReader() {}

  static Map<String, Object> read(Signature signature, Outputs returned) {
    List<Port> ports = signature.outputs();
    List<Object> values = returned.values();
    if (values.size() != ports.size()) {
      throw new ContractViolation(
          "forward returned "
              + values.size()
              + " values but has "
              + ports.size()
              + " output ports: "
              + signature
              + ". Return one value per port, a List for a variadic one.");
    }
    Map<String, Object> outputs = new LinkedHashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      put(outputs, ports.get(i), values.get(i));
    }
    return outputs;
  }

  private static void put(Map<String, Object> outputs, Port port, Object value) {
    if (port.arity() != Port.Arity.VARIADIC) {
      outputs.put(port.name(), typed(port, port.name(), value));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String path = port.name() + "[" + i + "]";
        outputs.put(path, typed(port, path, list.get(i)));
      }
    } else {
      throw wrongType(port.name(), "a List", value);
    }
  }

  private static Object typed(Port port, String path, Object value) {
    if (!port.type().isInstance(value)) {
      throw wrongType(path, "a " + port.type().getSimpleName(), value);
    }
    return value;
  }

  private static ContractViolation wrongType(String path, String expected, Object got) {
    return new ContractViolation(
        "output `" + path + "` is a " + got.getClass().getSimpleName() + "; expected " + expected);
  }
}
