package dev.stride.ops.std.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions that kernels compute in steps of their own: their errors, and their bits. */
class VectorMathsTest {

  private static final Expression X = Expression.operand(0);
  private static final Expression Y = Expression.operand(1);

  /** Half a unit is what rounding alone takes. */
  @ParameterizedTest
  @CsvSource({
    "EXP, -103, 88.7, 1",
    "EXPM1, -20, 88.7, 1.5",
    "EXPM1, -0.5, 0.5, 1.5",
    "LOG, 0, 3e38, 1",
    "LOG, 0.5, 2, 1",
    "LOG, 0, 1e-38, 1",
    "LOG1P, -0.999, 2, 1",
    "LOG1P, 1, 1e30, 1",
    "SIN, -10, 10, 1",
    "SIN, -131072, 131072, 1",
    "SIN, -1e9, 1e9, 1",
    "COS, -10, 10, 1",
    "COS, -131072, 131072, 1",
    "TAN, -10, 10, 2.5",
    "TAN, -131072, 131072, 2.5",
    "ASIN, -1, 1, 2",
    "ACOS, -1, 1, 1.5",
    "ATAN, -10, 10, 2",
    "SINH, -1, 1, 2",
    "SINH, -89.4, 89.4, 2",
    "COSH, -89.4, 89.4, 2",
    "TANH, -10, 10, 2"
  })
  void float32_is_right_to_the_last_digits(
      UnaryFunction function, double from, double to, double bound) {
    Tensor x = between(from, to, 100_003).cast(DataType.FLOAT32);
    Tensor y = value(function, x);
    double worst = 0;
    int where = 0;
    for (int i = 0; i < x.size(); i++) {
      double right = strict(function).applyAsDouble(x.at(i));
      double error = Math.abs(y.at(i) - right) / Math.ulp((float) right);
      if (error > worst) {
        worst = error;
        where = i;
      }
    }
    assertThat(worst).as("units of the last digit, at %s", x.at(where)).isLessThanOrEqualTo(bound);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, -708, 709.7, 1",
    "EXP, -1, 1, 1",
    "EXPM1, -40, 709.7, 1.5",
    "EXPM1, -0.5, 0.5, 1.5",
    "LOG, 0, 1e300, 1",
    "LOG, 0, 2e-308, 1",
    "LOG, 0.5, 2, 1",
    "LOG1P, -0.999, 2, 1",
    "LOG1P, 1, 1e15, 1",
    "SIN, -10, 10, 1",
    "SIN, -1e9, 1e9, 1",
    "COS, -10, 10, 1",
    "COS, -1e9, 1e9, 1",
    "TAN, -10, 10, 2.5",
    "TAN, -1e9, 1e9, 2.5",
    "ASIN, -0.999, 0.999, 2",
    "ACOS, -0.999, 0.999, 1.5",
    "ATAN, -10, 10, 1.5",
    "SINH, -1, 1, 2",
    "SINH, -710, 710, 2",
    "COSH, -710, 710, 2",
    "TANH, -3, 3, 2"
  })
  void float64_is_right_to_the_last_digits(
      UnaryFunction function, double from, double to, double bound) {
    Tensor x = between(from, to, 301);
    Tensor y = value(function, x);
    for (int i = 0; i < x.size(); i++) {
      BigDecimal right = Exactly.value(function, x.at(i));
      BigDecimal miss = new BigDecimal(y.at(i)).subtract(right).abs();
      assertThat(miss.doubleValue() / Math.ulp(right.doubleValue()))
          .as("units of the last digit of %s at %s", y.at(i), x.at(i))
          .isLessThanOrEqualTo(bound);
    }
  }

  private static Tensor between(double from, double to, int count) {
    Random random = new Random(41);
    double[] values = new double[count];
    Arrays.setAll(values, i -> from + random.nextDouble() * (to - from));
    return Tensor.adopt(Shape.of(count), values);
  }

  /** Every exponent that a type has, both signs, subnormal numbers too. */
  @ParameterizedTest
  @EnumSource(
      value = UnaryFunction.class,
      names = {"NEGATE", "ABS", "SQRT"},
      mode = EnumSource.Mode.EXCLUDE)
  void numbers_of_every_size_give_what_java_gives(UnaryFunction function) {
    for (DataType type : DataType.values()) {
      Tensor x = ofEverySize(type, 100_003);
      Tensor y = value(function, x);
      for (int i = 0; i < x.size(); i++) {
        requireAlike(y.at(i), strict(function).applyAsDouble(x.at(i)), type, 3.5, "" + x.at(i));
      }
    }
  }

  private static Tensor ofEverySize(DataType type, int count) {
    Random random = new Random(44);
    double[] values = new double[count];
    Arrays.setAll(
        values,
        i ->
            type == DataType.FLOAT32
                ? Float.intBitsToFloat(random.nextInt())
                : Double.longBitsToDouble(random.nextLong()));
    return Tensor.adopt(Shape.of(count), values).cast(type);
  }

  private static Tensor value(UnaryFunction function, Tensor x) {
    return Kernel.of(function.of(X), 1).map(Parallel.serial(), x);
  }

  private static DoubleUnaryOperator strict(UnaryFunction function) {
    return switch (function) {
      case NEGATE -> x -> -x;
      case ABS -> StrictMath::abs;
      case SQRT -> StrictMath::sqrt;
      case EXP -> StrictMath::exp;
      case EXPM1 -> StrictMath::expm1;
      case LOG -> StrictMath::log;
      case LOG1P -> StrictMath::log1p;
      case SIN -> StrictMath::sin;
      case COS -> StrictMath::cos;
      case TAN -> StrictMath::tan;
      case ASIN -> StrictMath::asin;
      case ACOS -> StrictMath::acos;
      case ATAN -> StrictMath::atan;
      case SINH -> StrictMath::sinh;
      case COSH -> StrictMath::cosh;
      case TANH -> StrictMath::tanh;
    };
  }

  /** Zeros with their signs, infinities, NaN, and what lies next to them. */
  private static double[] special() {
    return new double[] {
      0.0,
      -0.0,
      1,
      -1,
      2,
      -2,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      Float.MIN_NORMAL,
      89.5,
      -104,
      710,
      -746
    };
  }

  @ParameterizedTest
  @EnumSource(UnaryFunction.class)
  void special_values_of_one_number_are_those_of_java(UnaryFunction function) {
    for (DataType type : DataType.values()) {
      Tensor x = Tensor.of(special()).cast(type);
      Tensor y = value(function, x);
      for (int i = 0; i < x.size(); i++) {
        requireAlike(y.at(i), strict(function).applyAsDouble(x.at(i)), type, 2, "" + x.at(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BinaryFunction.class,
      names = {"ATAN2", "HYPOT", "POW"})
  void special_values_of_two_numbers_are_those_of_java(BinaryFunction function) {
    int count = special().length;
    for (DataType type : DataType.values()) {
      double[] first = new double[count * count];
      double[] second = new double[count * count];
      Arrays.setAll(first, i -> special()[i / count]);
      Arrays.setAll(second, i -> special()[i % count]);
      Tensor a = Tensor.of(first).cast(type);
      Tensor b = Tensor.of(second).cast(type);
      Tensor y = Kernel.of(function.of(X, Y), 2).map(Parallel.serial(), a, b);
      for (int i = 0; i < y.size(); i++) {
        double right = strict(function, a.at(i), b.at(i));
        requireAlike(y.at(i), right, type, 2, a.at(i) + " and " + b.at(i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BinaryFunction.class,
      names = {"ATAN2", "HYPOT"})
  void float32_of_two_numbers_is_right_to_the_last_digits(BinaryFunction function) {
    Random random = new Random(45);
    double[] first = new double[100_003];
    double[] second = new double[first.length];
    Arrays.setAll(first, i -> random.nextGaussian() * Math.pow(10, random.nextInt(-3, 4)));
    Arrays.setAll(second, i -> random.nextGaussian() * Math.pow(10, random.nextInt(-3, 4)));
    Tensor a = Tensor.of(first).cast(DataType.FLOAT32);
    Tensor b = Tensor.of(second).cast(DataType.FLOAT32);
    Tensor y = Kernel.of(function.of(X, Y), 2).map(Parallel.serial(), a, b);
    for (int i = 0; i < y.size(); i++) {
      double right = strict(function, a.at(i), b.at(i));
      requireAlike(y.at(i), right, DataType.FLOAT32, 2.5, a.at(i) + " and " + b.at(i));
    }
  }

  /** Bases of all sizes, with exponents that keep powers in reach. */
  @Test
  void float32_powers_are_right_to_the_last_digits() {
    Random random = new Random(46);
    double[] first = new double[100_003];
    double[] second = new double[first.length];
    Arrays.setAll(first, i -> base(random, i, DataType.FLOAT32));
    Arrays.setAll(second, i -> exponent(random, first[i], i, 104));
    Tensor a = Tensor.of(first).cast(DataType.FLOAT32);
    Tensor b = Tensor.of(second).cast(DataType.FLOAT32);
    Tensor y = power(a, b);
    double worst = 0;
    String where = "";
    for (int i = 0; i < y.size(); i++) {
      double right = StrictMath.pow(a.at(i), b.at(i));
      double error = Math.abs(y.at(i) - right) / Math.ulp((float) right);
      if (error > worst && Float.isFinite((float) right)) {
        worst = error;
        where = a.at(i) + " to the " + b.at(i);
      }
      if (Float.isInfinite((float) right)) {
        assertThat(y.at(i)).isEqualTo((double) (float) right);
      }
    }
    assertThat(worst).as("units of the last digit, %s", where).isLessThanOrEqualTo(1);
  }

  @Test
  void float64_powers_are_right_to_the_last_digits() {
    Random random = new Random(47);
    double[] first = new double[601];
    double[] second = new double[first.length];
    Arrays.setAll(first, i -> Math.abs(base(random, i, DataType.FLOAT64)));
    Arrays.setAll(second, i -> exponent(random, first[i], i, 708));
    Tensor y = power(Tensor.of(first), Tensor.of(second));
    for (int i = 0; i < y.size(); i++) {
      BigDecimal right = Exactly.power(first[i], second[i]);
      BigDecimal miss = new BigDecimal(y.at(i)).subtract(right).abs();
      assertThat(miss.doubleValue() / Math.ulp(right.doubleValue()))
          .as("units of the last digit of %s, %s to the %s", y.at(i), first[i], second[i])
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void powers_of_negative_numbers_have_the_signs_that_java_gives_them() {
    for (DataType type : DataType.values()) {
      double ones = type == DataType.FLOAT32 ? 0x1p23 : 0x1p52;
      double[] exponents = {
        1, 2, 3, -1, -2, -3, 0.5, -0.5, 1.5, 2.5, ones - 1, ones - 0.5, ones, ones + 1, 2 * ones
      };
      double[] bases = {-1, -1.0000001, -0.9999999, -2, -0.0, Double.NEGATIVE_INFINITY, -3.5};
      for (double base : bases) {
        for (double exponent : exponents) {
          Tensor a = Tensor.scalar(base, type);
          Tensor b = Tensor.scalar(exponent, type);
          double right = StrictMath.pow(a.item(), b.item());
          requireAlike(power(a, b).item(), right, type, 1, base + " to the " + exponent);
        }
      }
    }
  }

  private static Tensor power(Tensor a, Tensor b) {
    return Kernel.of(BinaryFunction.POW.of(X, Y), 2).map(Parallel.serial(), a, b);
  }

  /** A number of any size, and every other time one near 1. */
  private static double base(Random random, int i, DataType type) {
    if (i % 2 == 0) {
      return 1 + random.nextGaussian() * Math.pow(10, random.nextInt(-6, 0));
    }
    return type == DataType.FLOAT32
        ? Math.abs(Float.intBitsToFloat(random.nextInt(0x7f800000)))
        : Math.abs(Double.longBitsToDouble(random.nextLong(0x7ff0000000000000L)));
  }

  /** One whose power has a logarithm up to a limit; whole every third time. */
  private static double exponent(Random random, double base, int i, double limit) {
    double most = Math.min(1e6, limit / Math.abs(Math.log(Math.abs(base))));
    double exponent = (2 * random.nextDouble() - 1) * most;
    return i % 3 == 0 ? (long) exponent : exponent;
  }

  private static double strict(BinaryFunction function, double a, double b) {
    return switch (function) {
      case ATAN2 -> StrictMath.atan2(a, b);
      case HYPOT -> StrictMath.hypot(a, b);
      case POW -> StrictMath.pow(a, b);
      default -> throw new IllegalArgumentException(function + " is a step itself");
    };
  }

  private static void requireAlike(
      double given, double right, DataType type, double bound, String where) {
    double rounded = type == DataType.FLOAT32 ? (float) right : right;
    double unit = type == DataType.FLOAT32 ? Math.ulp((float) right) : Math.ulp(right);
    boolean isSpecial = rounded == 0 || Double.isNaN(rounded) || Double.isInfinite(rounded);
    boolean isRight =
        isSpecial ? Double.compare(given, rounded) == 0 : Math.abs(given - rounded) <= bound * unit;
    if (!isRight) {
      fail("%s and not %s at %s in %s", given, rounded, where, type);
    }
  }

  /** All functions, and formulas of several. */
  private static List<Expression> formulas() {
    List<Expression> formulas = new ArrayList<>();
    for (UnaryFunction function : UnaryFunction.values()) {
      formulas.add(function.of(X));
    }
    formulas.add(BinaryFunction.ATAN2.of(X, Y));
    formulas.add(BinaryFunction.HYPOT.of(X, Y));
    formulas.add(BinaryFunction.POW.of(X, Y));
    formulas.add(UnaryFunction.EXP.of(X.squared().negated()).times(UnaryFunction.SIN.of(Y)));
    formulas.add(Expression.constant(1).over(UnaryFunction.EXP.of(X.negated()).plus(1)));
    return formulas;
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void plain_code_and_vector_code_give_the_same_bits(DataType type) {
    int lanes = VectorUnit.lanes(type);
    int count = 1024 * Math.max(1, lanes);
    Tensor x = spread(count, 42).cast(type);
    Tensor y = spread(count, 43).cast(type);
    Object[] operands = {HeapArray.of(x), HeapArray.of(y)};
    for (Expression formula : formulas()) {
      Expression steps = Lowering.of(formula, type);
      Object plain = HeapArray.zeros(type, count);
      LoopCompiler.plain(steps, type, 0).run(operands, new int[2], new double[0], plain, 0, count);
      if (lanes > 0) {
        Object vector = HeapArray.zeros(type, count);
        LoopCompiler.vector(steps, type, 0)
            .run(operands, new int[2], new double[0], vector, 0, count);
        assertThat(HeapArray.adopt(x.shape(), vector))
            .as("%s", formula)
            .isEqualTo(HeapArray.adopt(x.shape(), plain));
      }
      assertThat(Kernel.of(formula, 2).map(new Backwards(), x, y))
          .as("%s, chunk by chunk", formula)
          .isEqualTo(HeapArray.adopt(x.shape(), plain));
    }
  }

  /** Numbers of all sizes and both signs, special ones among them. */
  private static Tensor spread(int count, long seed) {
    Random random = new Random(seed);
    double[] values = new double[count];
    Arrays.setAll(
        values,
        i ->
            i % 97 == 0
                ? special()[i / 97 % special().length]
                : random.nextGaussian() * Math.pow(10, random.nextInt(-12, 6)));
    return Tensor.adopt(Shape.of(count), values);
  }
}
