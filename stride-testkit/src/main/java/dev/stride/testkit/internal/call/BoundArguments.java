package dev.stride.testkit.internal.call;

import dev.stride.api.Arguments;
import dev.stride.api.DataType;
import dev.stride.api.Device;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.spi.TensorSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Plain values bound to the input ports of a signature, addressed by path. Immutable. */
public final class BoundArguments {

  private final Signature signature;
  private final Map<String, Given> ports;
  private final Map<String, Given> byPath = new LinkedHashMap<>();

  private BoundArguments(Signature signature, Map<String, Given> ports) {
    this.signature = signature;
    this.ports = ports;
    ports.forEach((name, given) -> given.visit(name, byPath::put));
  }

  /**
   * Binds arguments.
   *
   * @throws IllegalArgumentException if they do not fit the signature
   */
  public static BoundArguments bind(Signature signature, Arguments arguments) {
    return new BoundArguments(signature, ArgumentBinder.bind(signature, arguments));
  }

  /** The signature that they are bound to. */
  public Signature signature() {
    return signature;
  }

  /** The name of the port that a path starts with. */
  public static String port(String path) {
    int end = 0;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    return path.substring(0, end);
  }

  /** Whether something was given at this path. */
  public boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** What was given at this path; null if nothing was. */
  public @Nullable Object at(String path) {
    Given given = byPath.get(path);
    return given == null ? null : given.value();
  }

  /** The values of a port in order: the elements of a list, otherwise the only one. */
  public List<Object> values(String path) {
    Given given = byPath.get(path);
    return switch (given) {
      case null -> List.of();
      case Given.Items(List<Given> items) -> items.stream().map(Given::value).toList();
      default -> List.of(given.value());
    };
  }

  /** Values that are no containers, by path, of differentiable ports. */
  public Map<String, Object> differentiable() {
    Map<String, Object> found = new LinkedHashMap<>();
    for (Port port : signature.differentiableInputs()) {
      Given given = ports.get(port.name());
      if (given != null) {
        given.visit(port.name(), (path, node) -> putLeaf(found, path, node));
      }
    }
    return found;
  }

  /** All values that are no containers, by path. */
  public Map<String, Object> leaves() {
    Map<String, Object> found = new LinkedHashMap<>();
    byPath.forEach((path, node) -> putLeaf(found, path, node));
    return found;
  }

  private static void putLeaf(Map<String, Object> found, String path, Given node) {
    if (node instanceof Given.Leaf(Object value)) {
      found.put(path, value);
    }
  }

  /** The arguments for a call through an engine, with variables and other values at some paths. */
  public Arguments toArguments(Map<String, ?> values) {
    Arguments arguments = Arguments.of();
    for (Map.Entry<String, Given> port : ports.entrySet()) {
      Given given =
          port.getValue()
              .map(
                  port.getKey(),
                  (path, value) -> values.containsKey(path) ? values.get(path) : value);
      arguments = arguments.with(port.getKey(), given.value());
    }
    return arguments;
  }

  /** The same arguments with other values at some paths. */
  public BoundArguments with(Map<String, Object> values) {
    return map((path, value) -> values.getOrDefault(path, value));
  }

  /** The same arguments with all tensors in one type. */
  public BoundArguments cast(DataType type) {
    return map((path, value) -> value instanceof Tensor tensor ? tensor.cast(type) : value);
  }

  /** The same arguments in tensors of their own, so that nobody else sees a change in them. */
  public BoundArguments copy() {
    return map((path, value) -> value instanceof Tensor tensor ? copy(tensor) : value);
  }

  private static Tensor copy(Tensor tensor) {
    return tensor.device().equals(Device.CPU) ? TensorSpace.HEAP.copy(tensor) : tensor;
  }

  /** The same arguments with every value replaced; the function gets its path and the value. */
  public BoundArguments map(BiFunction<String, Object, Object> function) {
    Map<String, Given> mapped = new LinkedHashMap<>();
    ports.forEach((name, given) -> mapped.put(name, given.map(name, function)));
    return new BoundArguments(signature, mapped);
  }
}
