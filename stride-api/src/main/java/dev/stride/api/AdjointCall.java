package dev.stride.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One adjoint call: the cotangents of the outputs, the saved state, and the original arguments.
 *
 * <p>Outputs are addressed like arguments: by the port's name, or {@code "parts[2]"} for an output
 * of a variadic port. A path that names no output is an {@link IllegalArgumentException}.
 */
public interface AdjointCall extends OperatorCall {

  /** The cotangent of the primary output; zeros if nothing reached it. */
  default Tensor cotangent() {
    return cotangent(signature().outputs().getFirst().name(), Tensor.class);
  }

  /** The cotangent of an output; zeros if nothing reached it. */
  default Tensor cotangent(String output) {
    return cotangent(output, Tensor.class);
  }

  /** The cotangent of an output of any type; zeros, made only now, if nothing reached it. */
  <T> T cotangent(String output, Class<T> type);

  /** The cotangents of a variadic output port, in order; zeros where nothing arrived. */
  <T> List<T> cotangents(String port, Class<T> type);

  /** Whether no cotangent reached this output, so that {@link #cotangent} would be zeros. */
  boolean isZero(String output);

  /**
   * An output as forward returned it, where the signature {@linkplain Signature#keepsOutput keeps}
   * it.
   *
   * @throws IllegalStateException if the signature does not keep it
   */
  <T> T output(String path, Class<T> type);

  /** An output that is a tensor. */
  default Tensor output(String path) {
    return output(path, Tensor.class);
  }

  /**
   * What forward saved.
   *
   * @throws IllegalStateException if it saved nothing, or something of another type
   */
  <S> S saved(Class<S> type);

  /** A named extra argument of the run; null if it was not given. */
  @Nullable Object option(String name);
}
