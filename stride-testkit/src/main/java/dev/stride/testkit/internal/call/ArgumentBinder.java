package dev.stride.testkit.internal.call;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.VariableBundle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds plain arguments to the ports of a signature, as an engine binds those of a call. */
final class ArgumentBinder {

  private final Signature signature;
  private final Map<String, Given> bound = new LinkedHashMap<>();

  private ArgumentBinder(Signature signature) {
    this.signature = signature;
  }

  static Map<String, Given> bind(Signature signature, Arguments arguments) {
    ArgumentBinder binder = new ArgumentBinder(signature);
    binder.positional(arguments.positional());
    arguments.named().forEach(binder::named);
    return binder.converted();
  }

  private void positional(List<Object> values) {
    List<Port> inputs = signature.inputs();
    for (int i = 0; i < values.size(); i++) {
      if (i >= inputs.size()) {
        throw wrong(values.size() + " arguments given; it takes at most " + inputs.size());
      }
      Port port = inputs.get(i);
      if (port.arity() == Port.Arity.VARIADIC && i == inputs.size() - 1) {
        rest(port, values.subList(i, values.size()));
        return;
      }
      bound.put(port.name(), given(values.get(i)));
    }
  }

  private void rest(Port port, List<Object> values) {
    boolean oneList = values.size() == 1 && values.getFirst() instanceof List;
    bound.put(port.name(), given(oneList ? values.getFirst() : values));
  }

  private void named(String name, Object value) {
    if (signature.input(name).isEmpty()) {
      throw wrong("there is no input '" + name + "'; the signature is " + signature);
    }
    if (bound.put(name, given(value)) != null) {
      throw wrong("input '" + name + "' is given twice");
    }
  }

  private Map<String, Given> converted() {
    DataType type = firstTensorType();
    Map<String, Given> inOrder = new LinkedHashMap<>();
    for (Port port : signature.inputs()) {
      Given given = bound.get(port.name());
      if (given != null) {
        inOrder.put(port.name(), given.map("", (path, v) -> Numbers.convert(v, port, type)));
      } else if (port.arity() == Port.Arity.REQUIRED) {
        throw wrong("input '" + port.name() + "' is missing");
      }
    }
    return inOrder;
  }

  private DataType firstTensorType() {
    List<Tensor> tensors = new ArrayList<>();
    for (Port port : signature.inputs()) {
      Given given = bound.get(port.name());
      if (given != null) {
        given.visit("", (path, node) -> collect(node, tensors));
      }
    }
    return tensors.isEmpty() ? DataType.FLOAT32 : tensors.getFirst().dataType();
  }

  private static void collect(Given node, List<Tensor> tensors) {
    if (node instanceof Given.Leaf(Tensor tensor)) {
      tensors.add(tensor);
    }
  }

  private static Given given(Object value) {
    return switch (value) {
      case List<?> list -> {
        List<Given> items = new ArrayList<>();
        list.forEach(item -> items.add(given(item)));
        yield new Given.Items(List.copyOf(items));
      }
      case VariableBundle bundle -> entries(bundle.entries());
      case Map<?, ?> map -> entries(map);
      default -> new Given.Leaf(value);
    };
  }

  private static Given entries(Map<?, ?> map) {
    Map<String, Given> entries = new LinkedHashMap<>();
    map.forEach((name, value) -> entries.put(String.valueOf(name), given(value)));
    return new Given.Entries(entries);
  }

  private IllegalArgumentException wrong(String problem) {
    return new IllegalArgumentException(
        signature.name() + ": " + problem + ". Correct the arguments of the sample.");
  }
}
