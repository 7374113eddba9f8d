package dev.stride.optim;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gradient descent with momentum, within bounds, with one trial of the loss a step.
 *
 * <p>With processed gradient {@code g}, the direction is {@code d = -g / rms(g) + momentum d'},
 * where {@code d'} is the direction before. The trial point is {@code x + t d}, moved into the
 * bounds, with {@code t} such that no element changes by more than the trial length; {@link
 * TrialStep} then chooses how much of it to go.
 *
 * <p>Keeps the direction from step to step: use one instance a parameter, from one thread at a
 * time.
 */
public final class MomentumDescent {

  private final double momentum;
  private final double trialLength;
  private final Bounds bounds;
  private final TrialStep trialStep;
  private @Nullable Tensor previous;

  private MomentumDescent(Builder builder) {
    momentum = builder.momentum;
    trialLength = builder.trialLength;
    bounds = builder.bounds;
    trialStep = builder.trialStep;
  }

  /**
   * Starts an optimiser.
   *
   * @param trialLength largest change of an element in a trial step, in the parameter's unit;
   *     positive
   */
  public static Builder withTrialLength(double trialLength) {
    return new Builder(trialLength);
  }

  /**
   * What one step did.
   *
   * @param loss before the step
   * @param trialLoss at the trial point; not a number if there was no trial because the gradient is
   *     zero
   * @param largestChange of an element, in the parameter's unit, before bounds
   */
  public record Step(double loss, double trialLoss, double largestChange) {}

  /**
   * Takes a step with the parameter's own {@linkplain Variable#processGrad() processed gradient}.
   *
   * @throws IllegalStateException if the parameter has no gradient
   */
  public Step step(Variable<Tensor> parameter, double loss, ToDoubleFunction<Tensor> lossAt) {
    Tensor processed = parameter.processGrad();
    if (processed == null) {
      throw noGradient(parameter);
    }
    return step(parameter, processed, loss, lossAt);
  }

  /**
   * Takes a step and sets the parameter. If this throws, the parameter and the momentum are as they
   * were.
   *
   * @param parameter a leaf with a gradient, which gives the slope of the loss
   * @param processed the gradient made ready for use, of the parameter's shape
   * @param loss at the parameter's value
   * @param lossAt the loss at another value; called once
   * @throws IllegalStateException if the parameter has no gradient
   */
  public Step step(
      Variable<Tensor> parameter, Tensor processed, double loss, ToDoubleFunction<Tensor> lossAt) {
    Tensor gradient = parameter.grad();
    if (gradient == null) {
      throw noGradient(parameter);
    }
    Tensor direction = direction(processed);
    double largest = Math.max(direction.max(), -direction.min());
    if (largest == 0) {
      return new Step(loss, Double.NaN, 0);
    }
    Tensor value = parameter.get();
    double scale = trialLength / largest;
    Tensor trial = along(value, direction, scale);
    double slope = gradient.dot(trial.minus(value));
    double trialLoss = lossAt.applyAsDouble(trial);
    double share = trialStep.share(loss, slope, trialLoss);
    parameter.set(along(value, direction, share * scale));
    previous = direction;
    return new Step(loss, trialLoss, share * trialLength);
  }

  /** Drops the momentum, such as when the loss changes to another one. */
  public void forget() {
    previous = null;
  }

  private Tensor direction(Tensor processed) {
    double rms = processed.norm() / Math.sqrt(processed.size());
    Tensor steepest = rms > 0 ? processed.times(-1 / rms) : processed;
    Tensor before = previous;
    return before == null ? steepest : steepest.plus(before.times(momentum));
  }

  private Tensor along(Tensor value, Tensor direction, double length) {
    return bounds.project(value.plus(direction.times(length)));
  }

  private static IllegalStateException noGradient(Variable<Tensor> parameter) {
    return new IllegalStateException(
        "descent: parameter '"
            + parameter.name()
            + "' has no gradient. Run the adjoint of a loss that depends on it first.");
  }

  /** Collects what may differ from the defaults. Not safe for concurrent use. */
  public static final class Builder {

    private final double trialLength;
    private double momentum;
    private Bounds bounds = Bounds.NONE;
    private TrialStep trialStep = TrialStep.DEFAULT;

    private Builder(double trialLength) {
      if (!(trialLength > 0)) {
        throw new IllegalArgumentException(
            "descent: the trial length is " + trialLength + ". It must be positive.");
      }
      this.trialLength = trialLength;
    }

    /** Share of the direction before that is added to each; from 0, the default, to below 1. */
    public Builder momentum(double share) {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException(
            "descent: the momentum is " + share + ". It must be at least 0 and below 1.");
      }
      momentum = share;
      return this;
    }

    /** Limits of every element; none by default. */
    public Builder bounds(Bounds limits) {
      bounds = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** How the trial's loss is used; {@link TrialStep#DEFAULT} by default. */
    public Builder trialStep(TrialStep rule) {
      trialStep = Objects.requireNonNull(rule, "rule");
      return this;
    }

    /** The optimiser. */
    public MomentumDescent build() {
      return new MomentumDescent(this);
    }
  }
}
