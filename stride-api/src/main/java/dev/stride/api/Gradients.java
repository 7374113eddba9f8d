package dev.stride.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operator's adjoint returns: a gradient for every differentiable input that needs one.
 *
 * <p>Either {@linkplain #of by position}, one entry per <em>differentiable</em> input port in the
 * order of the signature, or {@linkplain #builder by path}. A gradient has the shape and type of
 * its input. It may be null where {@link OperatorCall#needsGrad} is false, and is ignored there.
 * Immutable. Number, shapes and types are checked when the adjoint returns; what does not fit is an
 * {@link OperatorException} that names the port.
 */
public final class Gradients {

  private final @Nullable Object @Nullable [] perPort;
  private final Map<String, Object> byPath;
  private final Map<String, Object> preconditioners;

  private Gradients(
      @Nullable Object @Nullable [] perPort,
      Map<String, Object> byPath,
      Map<String, Object> preconditioners) {
    this.perPort = perPort;
    this.byPath = byPath;
    this.preconditioners = preconditioners;
  }

  /**
   * One entry per differentiable input port; null where no gradient is needed. The entry of a
   * variadic port, or of one that was given a list, is a {@link List} with an entry per value.
   */
  public static Gradients of(@Nullable Object... perPort) {
    return new Gradients(perPort.clone(), Map.of(), Map.of());
  }

  /** Starts gradients by path: {@code "x"}, {@code "inputs[2]"}, {@code "model.velocity"}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Entries by position, or null if they were given by path. */
  public @Nullable List<@Nullable Object> positional() {
    return perPort == null
        ? null
        : Collections.unmodifiableList(Arrays.<@Nullable Object>asList(perPort));
  }

  /** Gradients by path; empty if they were given by position. */
  public Map<String, Object> byPath() {
    return byPath;
  }

  /** Preconditioners by path; empty if there are none. */
  public Map<String, Object> preconditioners() {
    return preconditioners;
  }

  /** These gradients with a preconditioner for the input at a path, of the input's shape. */
  public Gradients preconditioner(String path, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(preconditioners);
    more.put(path, Objects.requireNonNull(value, "preconditioner of " + path));
    return new Gradients(perPort, byPath, Collections.unmodifiableMap(more));
  }

  /** Collects gradients by path. Not safe for concurrent use. */
  public static final class Builder {

    private final Map<String, Object> byPath = new LinkedHashMap<>();

    private Builder() {}

    /** The gradient of the input at a path. */
    public Builder put(String path, Object gradient) {
      byPath.put(path, Objects.requireNonNull(gradient, "gradient of " + path));
      return this;
    }

    /** The gradients. */
    public Gradients build() {
      return new Gradients(
          null, Collections.unmodifiableMap(new LinkedHashMap<>(byPath)), Map.of());
    }
  }
}
