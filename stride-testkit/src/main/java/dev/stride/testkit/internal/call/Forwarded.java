package dev.stride.testkit.internal.call;

import dev.stride.api.Outputs;
import dev.stride.api.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A forward call that is done: its arguments, its outputs by path, and what it saved. */
public final class Forwarded implements AutoCloseable {

  private final BoundArguments arguments;
  private final Map<String, Object> outputs;
  private final @Nullable Object saved;
  private final ValueKinds kinds;

  private Forwarded(
      BoundArguments arguments,
      Map<String, Object> outputs,
      @Nullable Object saved,
      ValueKinds kinds) {
    this.arguments = arguments;
    this.outputs = outputs;
    this.saved = saved;
    this.kinds = kinds;
  }

  static Forwarded of(BoundArguments arguments, Outputs returned, ValueKinds kinds) {
    Map<String, Object> outputs = OutputReader.read(arguments.signature(), returned);
    return new Forwarded(arguments, outputs, returned.saved(), kinds);
  }

  /** The arguments of the call. */
  public BoundArguments arguments() {
    return arguments;
  }

  /** All outputs by path, in order; those of a variadic port as {@code parts[2]}. */
  public Map<String, Object> outputs() {
    return new LinkedHashMap<>(outputs);
  }

  /** What forward saved; null if nothing. */
  public @Nullable Object saved() {
    return saved;
  }

  /** The same with other saved state. */
  public Forwarded saving(Object other) {
    return new Forwarded(arguments, outputs, other, kinds);
  }

  /** Paths of the outputs at or below a path. */
  List<String> paths(String port) {
    List<String> paths =
        outputs.keySet().stream()
            .filter(path -> path.equals(port) || BoundArguments.port(path).equals(port))
            .toList();
    if (paths.isEmpty() && arguments.signature().outputs().stream().noneMatch(named(port))) {
      throw new IllegalArgumentException(
          arguments.signature().name() + ": there is no output `" + port + "`");
    }
    return paths;
  }

  private static Predicate<Port> named(String port) {
    return candidate -> candidate.name().equals(port);
  }

  /** An output. */
  Object output(String path) {
    Object value = outputs.get(path);
    if (value == null) {
      throw new IllegalArgumentException(
          arguments.signature().name() + ": there is no output `" + path + "`");
    }
    return value;
  }

  /** Zeros like an output. */
  Object zero(String path) {
    Object value = output(path);
    return kinds.of(value).zero(value);
  }

  /** Releases what was saved, as an engine does after the adjoint. */
  @Override
  public void close() {
    if (saved instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new ContractViolation("closing the saved state failed: " + e, e);
      }
    }
  }
}
