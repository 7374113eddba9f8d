package dev.stride.core.internal.engine;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Arguments;
import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.Operator;
import dev.stride.api.Results;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.StrideException;
import dev.stride.api.Variable;
import dev.stride.api.VariableOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An engine with some settings of calls. All views of an engine share everything else. */
final class EngineView implements Engine, CallTarget {

  private final EngineCore core;
  private final CallSettings settings;
  private final Map<String, BoundOperator<?>> operators = new ConcurrentHashMap<>();

  EngineView(EngineCore core, CallSettings settings) {
    this.core = core;
    this.settings = settings;
  }

  @Override
  public <T> Variable<T> variable(VariableOptions<T> options) {
    core.checkOpen();
    return LeafVariable.create(core, options);
  }

  @Override
  @SuppressWarnings("unchecked") // Checked on every look-up.
  public <Y> Operator<Y> operator(String name, Class<Y> type) {
    core.checkOpen();
    BoundOperator<?> known = operators.get(name);
    if (known == null) {
      known = core.callees().bind(this, name);
      operators.put(name, known);
    }
    Callees.checkType(known, type);
    return (Operator<Y>) known;
  }

  @Override
  public <Y> Operator<Y> bind(Operator<Y> operator) {
    core.checkOpen();
    return core.callees().bind(this, operator);
  }

  @Override
  public Results call(Operator<?> operator, Arguments arguments) {
    return call(core.callees().of(operator), arguments);
  }

  @Override
  public Results call(Callee callee, Arguments arguments) {
    return core.calls().call(callee, settings, arguments);
  }

  @Override
  public Results call(Callee callee, @Nullable Object[] positional) {
    return core.calls().call(callee, settings, positional);
  }

  @Override
  public <R extends @Nullable Object> R noGrad(Supplier<R> code) {
    Objects.requireNonNull(code, "code");
    return core.scope().call(CallSettings::withoutGradients, code);
  }

  @Override
  public <R extends @Nullable Object> R fused(Supplier<R> code) {
    Objects.requireNonNull(code, "code");
    R result = core.scope().call(CallSettings::fusing, code);
    FusedVariable.makeAll(result);
    return result;
  }

  @Override
  public Engine withoutGradients() {
    return new EngineView(core, settings.withoutGradients());
  }

  @Override
  public Engine on(Device device) {
    found(device);
    return new EngineView(core, settings.on(device));
  }

  @Override
  @SuppressWarnings("unchecked") // The identity.
  public <T> Variable<T> move(Variable<T> variable, Device device) {
    core.checkOpen();
    Relocation<T> move = new Relocation<>(core.dispatch(), found(device));
    return (Variable<T>) call(move, Arguments.of(variable)).get(0);
  }

  /** The first device that a request is served by. */
  private Device found(Device wanted) {
    List<Device> devices = core.registry().devices();
    for (Device device : devices) {
      if (device.matches(wanted)) {
        return device;
      }
    }
    throw new StrideException("NoDevice", "No device \"" + wanted + "\". Found: " + devices + ".");
  }

  @Override
  public Run<RunStatistics> adjoint(List<? extends Seeded<?>> roots, AdjointOptions options) {
    return core.runs().accumulating(roots, options);
  }

  @Override
  public <T> Run<List<T>> gradients(
      List<? extends Seeded<?>> roots, List<Variable<T>> wrt, AdjointOptions options) {
    return new GradientsRun<>(core, roots, wrt, options).start();
  }

  @Override
  @SafeVarargs
  @SuppressWarnings("varargs") // Only read.
  public final <T> List<Variable<T>> recordedGradients(Variable<?> root, Variable<T>... wrt) {
    return new RecordedGradients(core, this).of(root, List.of(wrt));
  }

  @Override
  public <S, T> Run<List<T>> accumulate(
      Collection<? extends S> items,
      int parallelism,
      AdjointOptions options,
      Function<? super S, ? extends Variable<T>> loss) {
    return new Accumulation<S, T>(core, List.copyOf(items), parallelism, options, loss).start();
  }
}
