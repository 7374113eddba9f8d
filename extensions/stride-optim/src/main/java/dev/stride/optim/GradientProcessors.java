package dev.stride.optim;

import dev.stride.api.GradientProcessor;
import dev.stride.api.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Gradient processors for tensors, to be chained. All are stateless and thread-safe. */
public final class GradientProcessors {

  private GradientProcessors() {}

  /** Applies processors one after the other; each is given the same preconditioner. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static GradientProcessor<Tensor> chain(GradientProcessor<Tensor>... steps) {
    List<GradientProcessor<Tensor>> all = List.of(steps);
    return (gradient, preconditioner) -> {
      Tensor processed = gradient;
      for (GradientProcessor<Tensor> step : all) {
        processed = step.process(processed, preconditioner);
      }
      return processed;
    };
  }

  /**
   * Multiplies the gradient by weights, such as 0 where nothing may change.
   *
   * @param weights of the gradient's shape and type
   */
  public static GradientProcessor<Tensor> masked(Tensor weights) {
    return (gradient, preconditioner) -> gradient.times(weights);
  }

  /** Applies a linear filter to the gradient. */
  public static GradientProcessor<Tensor> filtered(UnaryOperator<Tensor> filter) {
    return (gradient, preconditioner) -> filter.apply(gradient);
  }

  /**
   * Divides the gradient by the filtered preconditioner, {@code g / (f(p) + damping mean(f(p)))};
   * leaves it alone if there is none or its mean is not positive.
   *
   * @param weights where the mean is taken: the mean is weighted by these
   * @param damping share of the mean that is added; positive
   * @param filter applied to the preconditioner first
   */
  public static GradientProcessor<Tensor> preconditioned(
      Tensor weights, double damping, UnaryOperator<Tensor> filter) {
    if (!(damping > 0)) {
      throw new IllegalArgumentException(
          "preconditioning: the damping is " + damping + ". It must be positive.");
    }
    return (gradient, preconditioner) -> {
      if (preconditioner == null) {
        return gradient;
      }
      Tensor smooth = filter.apply(preconditioner);
      double mean = smooth.dot(weights) / weights.sum();
      return mean > 0 ? gradient.zip(smooth, (g, p) -> g / (p + damping * mean)) : gradient;
    };
  }
}
