package dev.stride.api.spi;

import dev.stride.api.Arguments;
import java.util.Objects;

/**
 * Arguments that the testkit checks an operator with.
 *
 * <p>Tensors are given in float64; the testkit casts them to float32 for its checks in that type. A
 * sample should keep away from kinks of the operator.
 *
 * @param description shown in reports
 * @param arguments plain values for the ports
 * @param scale a step that is small against the curvature along each input, relative to the input's
 *     largest element, for difference quotients; 1 for well-scaled functions
 * @param kinked whether the operator has a kink here, so that one-sided slopes are compared
 */
public record Sample(String description, Arguments arguments, double scale, boolean kinked) {

  /** A sample away from kinks. */
  public Sample(String description, Arguments arguments, double scale) {
    this(description, arguments, scale, false);
  }

  /** Checks that the scale is positive. */
  public Sample {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(arguments, "arguments");
    if (!(scale > 0)) {
      throw new IllegalArgumentException("scale is " + scale + "; expected a positive number");
    }
  }

  /** A sample of positional arguments, described by their shapes. */
  public static Sample of(Object... positional) {
    return of(Arguments.of(positional));
  }

  /** A sample of positional and named arguments, described by their shapes. */
  public static Sample of(Arguments arguments) {
    return new Sample(SampleText.of(arguments), arguments, 1);
  }

  /** This sample with a named argument more. */
  public Sample with(String port, Object value) {
    Arguments more = arguments.with(port, value);
    return new Sample(SampleText.of(more), more, scale, kinked);
  }

  /** This sample under a description of its own. */
  public Sample described(String text) {
    return new Sample(text, arguments, scale, kinked);
  }

  /** This sample with steps of difference quotients scaled by {@code factor}. */
  public Sample scaled(double factor) {
    return new Sample(description, arguments, factor, kinked);
  }

  /**
   * This sample, with the operator having a kink at it: its gradients must lie between the slopes
   * to the left and to the right of every element.
   */
  public Sample atKink() {
    return new Sample(description, arguments, scale, true);
  }
}
