package dev.stride.api;

import org.jspecify.annotations.Nullable;

/**
 * Characteristics of a variable that is made or copied. In a copy, what is not given is like the
 * original's.
 *
 * @param name null: automatic, or like the original's
 * @param value null: like the original's; required for a new variable
 * @param needsGrad null: false, or like the original's
 * @param processor null: the default, or like the original's
 * @param keepGrad whether a copy starts with the original's gradient
 * @param <T> type of the value
 */
public record VariableOptions<T>(
    @Nullable String name,
    @Nullable T value,
    @Nullable Boolean needsGrad,
    @Nullable GradientProcessor<T> processor,
    boolean keepGrad) {

  /** Nothing given. */
  public static <T> VariableOptions<T> none() {
    return new VariableOptions<>(null, null, null, null, false);
  }

  /** A value, nothing else. */
  public static <T> VariableOptions<T> of(T value) {
    return VariableOptions.<T>none().withValue(value);
  }

  /** With this name. */
  public VariableOptions<T> named(String other) {
    return new VariableOptions<>(other, value, needsGrad, processor, keepGrad);
  }

  /** With this value. */
  public VariableOptions<T> withValue(T other) {
    return new VariableOptions<>(name, other, needsGrad, processor, keepGrad);
  }

  /** Whether a gradient is wanted. */
  public VariableOptions<T> needingGrad(boolean other) {
    return new VariableOptions<>(name, value, other, processor, keepGrad);
  }

  /** With this gradient processor. */
  public VariableOptions<T> processedBy(GradientProcessor<T> other) {
    return new VariableOptions<>(name, value, needsGrad, other, keepGrad);
  }

  /** A copy that starts with the original's gradient. */
  public VariableOptions<T> keepingGrad() {
    return new VariableOptions<>(name, value, needsGrad, processor, true);
  }
}
