package dev.stride.benchmarks.kernels;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.CancellationToken;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Parallel;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One call of a standard operator without an engine, to measure what the operator itself takes: as
 * often as wanted, forward and adjoint, every input's gradient asked for.
 */
public final class DirectCall implements ForwardCall, AdjointCall {

  private final BlockingOperator<?> operator;
  private final Map<String, Object> arguments;
  private final Parallel parallel;
  private List<Object> outputs = List.of();
  private @Nullable Object saved;
  private Tensor cotangent = Tensor.scalar(1);

  private DirectCall(
      BlockingOperator<?> operator, Map<String, Object> arguments, Parallel parallel) {
    this.operator = operator;
    this.arguments = arguments;
    this.parallel = parallel;
  }

  /**
   * A call on one thread.
   *
   * @param operator full name of a standard operator
   * @param positional tensors, numbers and what else the ports take; for variadic ports a list or
   *     one value
   */
  public static DirectCall of(String operator, Object... positional) {
    BlockingOperator<?> found = StandardOperators.named(operator);
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < positional.length; i++) {
      arguments.put(found.signature().inputs().get(i).name(), positional[i]);
    }
    return new DirectCall(found, arguments, Parallel.serial());
  }

  /** The same call with threads. */
  public DirectCall on(Parallel team) {
    return new DirectCall(operator, arguments, team);
  }

  /** One more argument, by the port's name. */
  public DirectCall with(String port, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(arguments);
    more.put(port, value);
    return new DirectCall(operator, more, parallel);
  }

  /** Runs forward; its primary output. */
  public Tensor forward() {
    return (Tensor) run().values().getFirst();
  }

  private Outputs run() {
    return operator.forward((ForwardCall) this);
  }

  /**
   * This call with forward done, ready for {@link #adjoint()}.
   *
   * @param seed of the primary output; null for random numbers of its shape
   */
  public DirectCall forAdjoint(@Nullable Tensor seed) {
    Tensor y = recorded();
    cotangent = seed == null ? Tensor.random(y.shape(), y.dataType(), 77) : seed;
    return this;
  }

  /** Runs forward and keeps what the adjoint needs; its primary output. */
  public Tensor recorded() {
    Outputs made = run();
    outputs = made.values();
    saved = made.saved();
    return (Tensor) outputs.getFirst();
  }

  /** Runs the adjoint, after {@link #recorded()}; the gradient of the first differentiable port. */
  public Tensor adjoint(Tensor seed) {
    cotangent = seed;
    return (Tensor)
        Objects.requireNonNull(Objects.requireNonNull(adjoint().positional()).getFirst());
  }

  /** Runs the adjoint; gradients in the order of the differentiable ports. */
  public Gradients adjoint() {
    return operator.adjoint((AdjointCall) this);
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

  /** The values of a variadic port: a list, one value, or none where it is left out. */
  private List<?> list(String port) {
    Object given = arguments.get(port);
    if (given == null) {
      return List.of();
    }
    return given instanceof List<?> list ? list : List.of(given);
  }

  @Override
  public <T> T value(String path, Class<T> type) {
    return converted(Objects.requireNonNull(find(path), path), type);
  }

  private <T> T converted(Object value, Class<T> type) {
    return type == Tensor.class && value instanceof Number number
        ? type.cast(Tensor.scalar(number.doubleValue(), dataType()))
        : type.cast(value);
  }

  private DataType dataType() {
    return arguments.values().stream()
        .filter(Tensor.class::isInstance)
        .map(tensor -> ((Tensor) tensor).dataType())
        .findFirst()
        .orElse(DataType.FLOAT32);
  }

  @Override
  public <T> List<T> values(String port, Class<T> type) {
    List<T> values = new ArrayList<>();
    list(port).forEach(value -> values.add(converted(value, type)));
    return values;
  }

  @Override
  public boolean needsGrad(String path) {
    String port = path.replaceAll("\\[.*", "");
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
  public <T> T cotangent(String output, Class<T> type) {
    return type.cast(cotangent);
  }

  @Override
  public <T> List<T> cotangents(String port, Class<T> type) {
    List<T> all = new ArrayList<>();
    for (Object output : (List<?>) outputs.getFirst()) {
      Tensor y = (Tensor) output;
      all.add(type.cast(Tensor.random(y.shape(), y.dataType(), 77)));
    }
    return all;
  }

  @Override
  public boolean isZero(String output) {
    return !signature().outputs().getFirst().name().equals(output);
  }

  @Override
  public <T> T output(String path, Class<T> type) {
    for (int i = 0; i < outputs.size(); i++) {
      if (signature().outputs().get(i).name().equals(path)) {
        return type.cast(outputs.get(i));
      }
    }
    throw new IllegalArgumentException("no output " + path);
  }

  @Override
  public <S> S saved(Class<S> type) {
    return type.cast(Objects.requireNonNull(saved, "saved"));
  }

  @Override
  public @Nullable Object option(String name) {
    return null;
  }
}
