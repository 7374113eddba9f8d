package dev.stride.ops.std.internal.elementwise;

import static dev.stride.ops.std.internal.elementwise.Symbols.X;
import static dev.stride.ops.std.internal.elementwise.Symbols.Y;
import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.api.OperatorCall;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.Operands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The functions of every element of one tensor that have numbers beside it. For a cotangent {@code
 * g} the adjoint is {@code g f'(x)}; the numbers have no gradient.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any<td>any
 *   <tr><td>slope, epsilon, low, high (auxiliary)<td>numbers<td>as x; slope: 1
 *   <tr><td>y (output)<td>as x<td>as x
 * </table>
 */
@SuppressWarnings("ImmutableEnumChecker") // samples are made anew each time
enum ScaledFunctions {
  /**
   * {@code x} for {@code x > 0}, {@code slope * x} elsewhere; slope is 0.01 if left out. f' = 1 for
   * {@code x > 0}, slope elsewhere and at the kink. Keeps x.
   */
  LEAKY_RELU(() -> Domain.NOT_ZERO.samples(0.1)) {
    @Override
    Formula formula() {
      Expression slope = Expression.parameter(0);
      Expression zero = constant(0);
      return Formula.named("stride.leaky-relu")
          .input("x")
          .number("slope", 0.01)
          .slope("x", zero.ifLess(X, constant(1), slope))
          .computes(zero.ifLess(X, X, X.times(slope)));
    }
  },
  /**
   * The smooth absolute value {@code sqrt(x^2 + epsilon^2)}, without overflow; f' = x / y. Keeps x
   * and y.
   */
  SMOOTH_ABS(ScaledFunctions::smoothed) {
    @Override
    Formula formula() {
      return Formula.named("stride.smooth-abs")
          .input("x")
          .number("epsilon")
          .slope("x", X.over(Y))
          .checked(ScaledFunctions::requirePositiveEpsilon)
          .computes(BinaryFunction.HYPOT.of(X, Expression.parameter(0)));
    }
  },
  /**
   * {@code min(max(x, low), high)}; f' = 1 for {@code low <= x <= high}, kinks included, 0
   * elsewhere. Keeps x.
   */
  CLAMP(ScaledFunctions::clamped) {
    @Override
    Formula formula() {
      Expression low = Expression.parameter(0);
      Expression high = Expression.parameter(1);
      Expression zero = constant(0);
      return Formula.named("stride.clamp")
          .input("x")
          .number("low")
          .number("high")
          .slope("x", X.ifLess(low, zero, high.ifLess(X, zero, constant(1))))
          .checked(ScaledFunctions::requireOrder)
          .computes(BinaryFunction.MIN.of(BinaryFunction.MAX.of(X, low), high));
    }
  };

  private final Supplier<List<Sample>> samples;

  ScaledFunctions(Supplier<List<Sample>> samples) {
    this.samples = samples;
  }

  /** What the operator computes. */
  abstract Formula formula();

  /** What it is checked at. */
  List<Sample> samples() {
    return samples.get();
  }

  /** Small numbers have a small epsilon, so that there is something to see. */
  private static List<Sample> smoothed() {
    List<Sample> samples = new ArrayList<>(Domain.ALL.samples(0.3));
    samples.removeIf(sample -> sample.description().equals("small numbers"));
    Tensor small = Domain.ALL.of(Shape.of(5, 3)).times(1e-6);
    samples.add(Sample.of(small, 0.3e-6).described("small numbers"));
    return samples;
  }

  /** Large numbers have large bounds, of which they are on both sides. */
  private static List<Sample> clamped() {
    List<Sample> samples = new ArrayList<>(Domain.ALL.samples(-0.4, 0.75));
    samples.removeLast();
    Tensor large = Domain.ALL.of(Shape.of(5, 3)).times(1e6);
    samples.add(Sample.of(large, -0.4e6, 0.75e6).described("large numbers"));
    return samples;
  }

  private static void requirePositiveEpsilon(OperatorCall call) {
    if (!(call.number("epsilon") > 0)) {
      throw Operands.wrong(
          call,
          "`epsilon` is "
              + call.number("epsilon")
              + "; it must be positive. Use stride.abs where no smoothing is wanted.");
    }
  }

  private static void requireOrder(OperatorCall call) {
    if (!(call.number("low") <= call.number("high"))) {
      throw Operands.wrong(
          call,
          "`low` is "
              + call.number("low")
              + " and `high` is "
              + call.number("high")
              + "; it must be low <= high. Exchange them, or use an infinity for no bound.");
    }
  }
}
