package dev.stride.ops.std;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Port.Arity;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One call of an operator without an engine, on the calling thread, all gradients asked for. */
final class BareCall implements ForwardCall, AdjointCall {

  private final BlockingOperator<?> operator;
  private final Map<String, Object> arguments;
  private final DataType type;
  private final Parallel parallel;
  private @Nullable Outputs outputs;
  private List<Tensor> cotangents = List.of();

  private BareCall(
      BlockingOperator<?> operator,
      Map<String, Object> arguments,
      DataType type,
      Parallel parallel) {
    this.operator = operator;
    this.arguments = arguments;
    this.type = type;
    this.parallel = parallel;
  }

  /** A call; tensors are cast to the type. */
  static BareCall of(BlockingOperator<?> operator, Arguments given, DataType type) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    List<Port> ports = operator.signature().inputs();
    for (int i = 0; i < given.positional().size(); i++) {
      Port port = ports.get(Math.min(i, ports.size() - 1));
      if (port.arity() == Arity.VARIADIC && arguments.get(port.name()) instanceof List<?> first) {
        List<Object> more = new ArrayList<>(first);
        more.add(cast(given.positional().get(i), type));
        arguments.put(port.name(), more);
      } else {
        arguments.put(port.name(), given(port, given.positional().get(i), type));
      }
    }
    given
        .named()
        .forEach((name, value) ->
            arguments.put(
                name, given(operator.signature().input(name).orElseThrow(), value, type)));
    return new BareCall(operator, arguments, type, Parallel.serial());
  }

  private static Object given(Port port, Object value, DataType type) {
    Object cast = cast(value, type);
    return port.arity() == Arity.VARIADIC && !(cast instanceof List) ? List.of(cast) : cast;
  }

  private static Object cast(Object value, DataType type) {
    if (value instanceof List<?> list) {
      return list.stream().map(one -> cast(one, type)).toList();
    }
    return value instanceof Tensor tensor ? tensor.cast(type) : value;
  }

  BareCall on(Parallel team) {
    return new BareCall(operator, arguments, type, team);
  }

  /** Tensors of the arguments, as they were given. */
  List<Tensor> inputs() {
    List<Tensor> all = new ArrayList<>();
    arguments.values().forEach(value -> collect(value, all));
    return all;
  }

  private static void collect(Object value, List<Tensor> into) {
    if (value instanceof Tensor tensor) {
      into.add(tensor);
    } else if (value instanceof List<?> list) {
      list.forEach(one -> collect(one, into));
    }
  }

  /** Runs forward; its tensors. */
  List<Tensor> forward() {
    Outputs made = operator.forward((ForwardCall) this);
    outputs = made;
    List<Tensor> all = new ArrayList<>();
    made.values().forEach(value -> collect(value, all));
    return all;
  }

  /** What forward has saved. */
  @Nullable Object saved() {
    return Objects.requireNonNull(outputs).saved();
  }

  /** Makes cotangents of all outputs. */
  BareCall seeded() {
    return seeded(y -> Tensor.random(y.shape(), y.dataType(), 77));
  }

  /** Makes cotangents of all outputs. */
  BareCall seeded(UnaryOperator<Tensor> cotangent) {
    List<Tensor> all = new ArrayList<>();
    collect(Objects.requireNonNull(outputs).values(), all);
    cotangents = all.stream().map(cotangent).toList();
    return this;
  }

  /** Runs the adjoint; its tensors. */
  List<Tensor> adjoint() {
    Gradients gradients = operator.adjoint((AdjointCall) this);
    List<Tensor> all = new ArrayList<>();
    List<@Nullable Object> positional = gradients.positional();
    if (positional != null) {
      positional.stream().filter(Objects::nonNull).forEach(value -> collect(value, all));
    }
    gradients.byPath().values().forEach(value -> collect(value, all));
    return all;
  }

  @Override
  public Signature signature() {
    return operator.signature();
  }

  @Override
  public boolean records() {
    return true;
  }

  @Override
  public boolean has(String path) {
    return find(path) != null;
  }

  private @Nullable Object find(String path) {
    int bracket = path.indexOf('[');
    if (bracket < 0) {
      return arguments.get(path);
    }
    int index = Integer.parseInt(path.substring(bracket + 1, path.length() - 1));
    List<?> list = list(path.substring(0, bracket));
    return index < list.size() ? list.get(index) : null;
  }

  private List<?> list(String port) {
    return arguments.get(port) instanceof List<?> list ? list : List.of();
  }

  @Override
  public <T> T value(String path, Class<T> wanted) {
    return converted(Objects.requireNonNull(find(path), path), wanted);
  }

  private <T> T converted(Object value, Class<T> wanted) {
    return wanted == Tensor.class && value instanceof Number number
        ? wanted.cast(Tensor.scalar(number.doubleValue(), type))
        : wanted.cast(value);
  }

  @Override
  public <T> List<T> values(String port, Class<T> wanted) {
    List<T> values = new ArrayList<>();
    list(port).forEach(value -> values.add(converted(value, wanted)));
    return values;
  }

  @Override
  public boolean needsGrad(String path) {
    int bracket = path.indexOf('[');
    String port = bracket < 0 ? path : path.substring(0, bracket);
    return signature().input(port).map(Port::differentiable).orElse(false);
  }

  @Override
  public CancellationToken cancellation() {
    return CancellationToken.NONE;
  }

  @Override
  public Parallel parallel() {
    return parallel;
  }

  @Override
  public Executor executor() {
    return Runnable::run;
  }

  @Override
  public <T> T cotangent(String output, Class<T> wanted) {
    return wanted.cast(cotangents.get(index(output)));
  }

  private int index(String output) {
    List<Port> ports = signature().outputs();
    for (int i = 0; i < ports.size(); i++) {
      if (ports.get(i).name().equals(output)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no output " + output);
  }

  @Override
  public <T> List<T> cotangents(String port, Class<T> wanted) {
    return cotangents.stream().map(wanted::cast).toList();
  }

  @Override
  public boolean isZero(String output) {
    return false;
  }

  @Override
  public <T> T output(String path, Class<T> wanted) {
    return wanted.cast(Objects.requireNonNull(outputs).values().get(index(path)));
  }

  @Override
  public <S> S saved(Class<S> wanted) {
    return wanted.cast(Objects.requireNonNull(saved(), "saved"));
  }

  @Override
  public @Nullable Object option(String name) {
    return null;
  }
}
