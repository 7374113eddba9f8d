package dev.stride.ops.std.internal.elementwise;

import static dev.stride.ops.std.internal.kernel.Expression.constant;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.kernel.BinaryFunction;
import dev.stride.ops.std.internal.kernel.Expression;
import dev.stride.ops.std.internal.operator.Formula;
import dev.stride.ops.std.internal.operator.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The functions of pairs of elements, of two tensors that are broadcast as NumPy does. For a
 * cotangent {@code g} the adjoint is {@code g} times the derivative along that input, summed over
 * the axes along which it was repeated.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>a<td>any<td>any
 *   <tr><td>b<td>one that broadcasts with that of a: aligned at the last axis, extents are equal or
 *       one of them is 1<td>as a, or any for products and quotients
 *   <tr><td>y (output)<td>the common shape<td>as the formula says
 * </table>
 *
 * <p>Sums accumulate in float64 in a fixed order, so results do not depend on threads. What a
 * derivative is written in is kept for the adjoint.
 */
@SuppressWarnings("ImmutableEnumChecker") // samples are made anew each time
enum PairFunctions {
  /** {@code a + b}; derivatives 1 and 1. Keeps shapes. */
  ADD(Pairs::samples) {
    @Override
    Formula formula() {
      return pair("add").linearIn("a", "b").computes(A.plus(B));
    }
  },
  /** {@code a - b}; derivatives 1 and -1. Keeps shapes. */
  SUBTRACT(Pairs::samples) {
    @Override
    Formula formula() {
      return pair("subtract").linearIn("a", "b").computes(A.minus(B));
    }
  },
  /** {@code a b}; derivatives b and a. */
  MULTIPLY(Pairs::samplesOfProducts) {
    @Override
    Formula formula() {
      return pair("multiply").linearIn("a", "b").computes(A.times(B));
    }
  },
  /**
   * {@code a / b}; derivatives 1 / b and -a / b^2. Division by 0 gives infinity or NaN, as in IEEE
   * 754.
   */
  DIVIDE(Pairs::samplesOfProducts) {
    @Override
    Formula formula() {
      return pair("divide").linearIn("a").computes(A.over(B));
    }
  },
  /**
   * The angle in radians of the point with abscissa b and ordinate a, in [-pi, pi]; derivatives
   * {@code b / r^2} and {@code -a / r^2} with {@code r^2 = a^2 + b^2}, NaN at the origin.
   */
  ATAN2(Pairs::samples) {
    @Override
    Formula formula() {
      return pair("atan2").computes(BinaryFunction.ATAN2.of(A, B));
    }
  },
  /** The smaller one; the derivative is 1 for it and 0 for the other, one half each at a tie. */
  MINIMUM(PairFunctions::untied) {
    @Override
    Formula formula() {
      return pair("minimum").computes(BinaryFunction.MIN.of(A, B));
    }
  },
  /** The larger one; the derivative is 1 for it and 0 for the other, one half each at a tie. */
  MAXIMUM(PairFunctions::untied) {
    @Override
    Formula formula() {
      return pair("maximum").computes(BinaryFunction.MAX.of(A, B));
    }
  },
  /**
   * {@code x^exponent}, as {@link Math#pow} does: negative numbers to a power that is not whole
   * give NaN, and 0 to a negative power infinity. Derivatives {@code exponent x^(exponent - 1)}, 0
   * for the exponent 0, and {@code x^exponent ln(x)}, 0 for {@code x = 0} and an exponent that is
   * not negative.
   *
   * <table>
   *   <caption>Inputs and outputs</caption>
   *   <tr><th>name<th>shape<th>unit
   *   <tr><td>x<td>any<td>1
   *   <tr><td>exponent<td>one that broadcasts with that of x<td>1
   *   <tr><td>y (output)<td>the common shape<td>1
   * </table>
   */
  POWER(PairFunctions::powers) {
    @Override
    Formula formula() {
      return Formula.named("stride.power")
          .input("x")
          .input("exponent")
          .computes(BinaryFunction.POW.of(A, B));
    }
  },
  /**
   * {@code a} where the condition is not 0, {@code b} elsewhere; the derivative is 1 for the one
   * taken and 0 for the other. The condition has no gradient. Keeps the condition.
   *
   * <table>
   *   <caption>Inputs and outputs</caption>
   *   <tr><th>name<th>shape<th>unit
   *   <tr><td>condition (auxiliary)<td>one that broadcasts with those of a and b<td>1
   *   <tr><td>a<td>any<td>any
   *   <tr><td>b<td>one that broadcasts with that of a<td>as a
   *   <tr><td>y (output)<td>the common shape<td>as a
   * </table>
   */
  WHERE(PairFunctions::choices) {
    @Override
    Formula formula() {
      return Formula.named("stride.where")
          .auxiliary("condition")
          .input("a")
          .input("b")
          .linearIn("a", "b")
          .computes(A.ifEqual(constant(0), Expression.operand(2), B));
    }
  };

  private static final Expression A = Expression.operand(0);
  private static final Expression B = Expression.operand(1);

  private final Supplier<List<Sample>> samples;

  PairFunctions(Supplier<List<Sample>> samples) {
    this.samples = samples;
  }

  /** What the operator computes. */
  abstract Formula formula();

  /** What it is checked at. */
  List<Sample> samples() {
    return samples.get();
  }

  private static Formula.Builder pair(String name) {
    return Formula.named("stride." + name).input("a").input("b");
  }

  /** Pairs whose elements differ by far more than a step of a difference quotient. */
  private static List<Sample> untied() {
    return List.of(
        untied(Shape.of(4, 7), Shape.of(4, 7)),
        untied(Shape.of(3, 5), Shape.SCALAR),
        untied(Shape.of(4, 1, 3), Shape.of(5, 1)),
        untied(Shape.of(2, 3, 1, 2), Shape.of(3, 4, 2)),
        untied(Shape.of(1), Shape.of(31)),
        untied(Shape.of(0, 3), Shape.of(3)).described("empty"),
        untied(Shape.of(5), Shape.of(5), 1e6).described("large numbers"),
        untied(Shape.of(5), Shape.of(5), 1e-6).described("small numbers"));
  }

  private static Sample untied(Shape a, Shape b) {
    return untied(a, b, 1);
  }

  private static Sample untied(Shape a, Shape b, double size) {
    Tensor first = Tensor.random(a, DataType.FLOAT64, 27).map(v -> Math.rint(3 * v) + 0.3);
    Tensor second = Tensor.random(b, DataType.FLOAT64, 28).map(v -> Math.rint(2 * v));
    return Sample.of(first.times(size), second.times(size));
  }

  private static List<Sample> powers() {
    Tensor positive = Pairs.positive(Shape.of(4, 7), 23);
    List<Sample> samples = new ArrayList<>(Pairs.samples().subList(0, 7));
    samples.add(Sample.of(positive, 2).described("square"));
    samples.add(Sample.of(positive, 3).described("cube"));
    samples.add(Sample.of(Pairs.positive(Shape.of(4, 7), 24), -1.5).described("negative"));
    samples.add(Sample.of(Pairs.positive(Shape.of(2, 3), 24), 1).described("first power"));
    samples.add(Sample.of(Pairs.positive(Shape.of(31), 24).times(1e6), 3).described("large"));
    samples.add(Sample.of(Pairs.positive(Shape.of(5), 24).times(1e-6), 2).described("small"));
    samples.add(Sample.of(Pairs.positive(Shape.of(0, 3), 24), 2).described("empty"));
    return List.copyOf(samples);
  }

  private static List<Sample> choices() {
    return List.of(
        choice(Shape.of(4, 7), Shape.of(4, 7), Shape.of(4, 7)),
        choice(Shape.of(4, 1), Shape.of(7), Shape.of(4, 7)),
        choice(Shape.of(5), Shape.SCALAR, Shape.SCALAR),
        choice(Shape.of(2, 1, 3), Shape.of(2, 1, 3), Shape.of(1)),
        choice(Shape.of(3, 1, 2), Shape.of(2, 3, 4, 2), Shape.of(1)),
        choice(Shape.of(3), Shape.of(0, 3), Shape.SCALAR).described("empty"),
        choice(1e6).described("large numbers"),
        choice(1e-6).described("small numbers"));
  }

  private static Sample choice(double size) {
    return Sample.of(
        Tensor.of(1.0, 0, 0, 1),
        Tensor.random(Shape.of(4), DataType.FLOAT64, 30).times(size),
        Tensor.random(Shape.of(4), DataType.FLOAT64, 31).times(size));
  }

  private static Sample choice(Shape condition, Shape a, Shape b) {
    return Sample.of(
        Tensor.random(condition, DataType.FLOAT64, 29).map(v -> v > 0 ? 1 : 0),
        Tensor.random(a, DataType.FLOAT64, 30),
        Tensor.random(b, DataType.FLOAT64, 31));
  }
}
