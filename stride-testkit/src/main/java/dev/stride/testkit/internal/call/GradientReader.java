package dev.stride.testkit.internal.call;

import dev.stride.api.Gradients;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.testkit.Coordinates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks what adjoint returned against the inputs, as an engine does. */
final class GradientReader {

  private final BoundArguments arguments;
  private final ValueKinds kinds;
  private final Map<String, Object> leaves;
  private final Map<String, Object> found = new LinkedHashMap<>();

  private GradientReader(BoundArguments arguments, ValueKinds kinds) {
    this.arguments = arguments;
    this.kinds = kinds;
    this.leaves = arguments.differentiable();
  }

  /** The gradients by path: one for each input that needs one and has coordinates. */
  static Map<String, Object> read(
      BoundArguments arguments, Gradients returned, Predicate<String> needs, ValueKinds kinds) {
    GradientReader reader = new GradientReader(arguments, kinds);
    List<@Nullable Object> positional = returned.positional();
    if (positional == null) {
      returned.byPath().forEach(reader::byPath);
    } else {
      reader.positional(arguments.signature(), positional);
    }
    return reader.checked(needs);
  }

  private void byPath(String path, Object gradient) {
    if (leaves.containsKey(path)) {
      found.put(path, gradient);
    } else if (gradient instanceof List<?> list) {
      elements(path, list);
    } else {
      throw new ContractViolation(
          "adjoint returned a gradient for `"
              + path
              + "`, which is no differentiable argument; there are "
              + leaves.keySet());
    }
  }

  private void positional(Signature signature, List<@Nullable Object> entries) {
    List<Port> ports = signature.differentiableInputs();
    boolean tooFew =
        ports.stream().skip(entries.size()).anyMatch(port -> arguments.has(port.name()));
    if (entries.size() > ports.size() || tooFew) {
      throw new ContractViolation(
          "adjoint returned "
              + entries.size()
              + " gradients but has "
              + ports.size()
              + " differentiable inputs "
              + ports.stream().map(Port::name).toList()
              + ". Return one entry per differentiable input, null where needsGrad is false.");
    }
    for (int i = 0; i < entries.size(); i++) {
      @Nullable Object entry = entries.get(i);
      if (entry != null) {
        entry(ports.get(i).name(), entry);
      }
    }
  }

  private void entry(String port, Object entry) {
    if (entry instanceof List<?> list && !leaves.containsKey(port)) {
      elements(port, list);
    } else if (leaves.containsKey(port)) {
      found.put(port, entry);
    } else if (arguments.has(port)) {
      throw new ContractViolation(
          "the entry for `" + port + "` must be a List with a gradient per value, or use paths");
    }
  }

  private void elements(String port, List<?> list) {
    int given = arguments.values(port).size();
    if (list.size() != given) {
      throw new ContractViolation(
          "adjoint returned "
              + list.size()
              + " gradients for the "
              + given
              + " values of `"
              + port
              + "`");
    }
    for (int i = 0; i < list.size(); i++) {
      Object gradient = list.get(i);
      if (gradient != null) {
        byPath(port + "[" + i + "]", gradient);
      }
    }
  }

  private Map<String, Object> checked(Predicate<String> needs) {
    Map<String, Object> gradients = new LinkedHashMap<>();
    leaves.forEach((path, input) -> {
      Coordinates<Object> coordinates = kinds.find(input);
      if (coordinates != null && needs.test(path)) {
        gradients.put(path, checked(path, input, coordinates));
      }
    });
    return gradients;
  }

  private Object checked(String path, Object input, Coordinates<Object> coordinates) {
    Object gradient = found.get(path);
    if (gradient == null) {
      throw new ContractViolation(
          "adjoint returned no gradient for `" + path + "`, whose needsGrad is true");
    }
    String expected = coordinates.describe(input);
    String got =
        coordinates.type().isInstance(gradient)
            ? coordinates.describe(gradient)
            : gradient.getClass().getSimpleName();
    if (!got.equals(expected)) {
      throw new ContractViolation(
          "the gradient of `"
              + path
              + "` is "
              + got
              + "; expected "
              + expected
              + ", like the input");
    }
    return gradient;
  }
}
