package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the byte code of one {@link Pass}: three loops around a {@link Butterfly}. */
abstract class PassCode {

  private static final ClassDesc ROWS = Rows.class.describeConstable().orElseThrow();
  private static final int X = 1;
  private static final int Y = 2;
  private static final int FACTORS = 3;
  private static final int BLOCKS = 4;
  private static final int REPEATS = 5;
  private static final int WIDTH = 6;

  /** Writes to here. */
  final CodeBuilder code;

  /** Whether elements are float32. */
  final boolean single;

  private final int radix;
  private final Factors multiplied;
  private final Map<Double, Integer> constants = new HashMap<>();

  PassCode(CodeBuilder code, DataType type, int radix, Factors multiplied) {
    this.code = code;
    this.single = type == DataType.FLOAT32;
    this.radix = radix;
    this.multiplied = multiplied;
  }

  /** A number that a local variable holds, or its negative. */
  record Value(int local, boolean negative) {

    Value negated() {
      return new Value(local, !negative);
    }
  }

  /** A complex number. */
  record Complex(Value re, Value im) {}

  /** A complex factor, the negative of its imaginary part beside it. */
  private record Factor(Value re, Value im, Value negativeIm) {}

  /** Arrays of rows, where the current block starts, and the distance of its rows. */
  @SuppressWarnings("ArrayRecordComponent") // made once, read only
  private record Side(int re, int im, int stride, int block, int[] steps) {}

  /** What is on the stack: a number or a vector. */
  abstract TypeKind kind();

  /** Pushes the number of elements that one turn of the inner loop handles. */
  abstract void pushStep();

  /** Turns a number on the stack to a value that is the same everywhere. */
  abstract void spread();

  /** Pushes the elements at an index of an array, both in local variables. */
  abstract void load(int array, int index);

  /** Stores a local value at an index of an array. */
  abstract void store(int value, int array, int index);

  /** Replaces two values on the stack by their sum. */
  abstract void add();

  /** Replaces two values on the stack by their difference. */
  abstract void subtract();

  /** Replaces two values on the stack by their product. */
  abstract void multiply();

  /** Replaces three values on the stack, a, b and c, by a b + c. */
  abstract void multiplyAdd();

  /** Replaces the value on the stack by its negative. */
  abstract void negate();

  /** The type of the elements. */
  final ClassDesc element() {
    return single ? ConstantDescs.CD_float : ConstantDescs.CD_double;
  }

  private TypeKind number() {
    return single ? TypeKind.FLOAT : TypeKind.DOUBLE;
  }

  /** Writes the method. */
  final void write() {
    Side x = side(X);
    Side y = side(Y);
    Side factors = multiplied == Factors.NONE ? y : side(FACTORS);
    setSteps(x, true);
    setSteps(y, false);
    if (multiplied == Factors.OF_ELEMENTS) {
      setSteps(factors, false);
    }
    int step = integer();
    pushStep();
    code.istore(step);
    loop(
        BLOCKS,
        () -> code.iconst_1(),
        p -> {
          setBlock(x, X, p, 1);
          setBlock(y, Y, p, radix);
          if (multiplied == Factors.OF_ELEMENTS) {
            setBlock(factors, FACTORS, p, radix);
          }
          List<Factor> ofRows = multiplied == Factors.OF_ROWS ? factors(factors, p) : List.of();
          loop(
              REPEATS,
              () -> code.iconst_1(),
              t ->
                  loop(
                      WIDTH,
                      () -> code.iload(step),
                      q -> {
                        constants.clear();
                        store(butterfly(x, t, q), y, factors, ofRows, t, q);
                      }));
        });
    code.return_();
  }

  private Side side(int argument) {
    int re = array(argument, "re");
    int im = array(argument, "im");
    int stride = integer();
    code.aload(argument).invokevirtual(ROWS, "stride", MethodTypeDesc.of(ConstantDescs.CD_int));
    code.istore(stride);
    int[] steps = new int[radix];
    for (int j = 0; j < radix; j++) {
      steps[j] = integer();
    }
    return new Side(re, im, stride, integer(), steps);
  }

  private int array(int argument, String part) {
    int local = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(argument)
        .invokevirtual(ROWS, part, MethodTypeDesc.of(ConstantDescs.CD_Object))
        .checkcast(element().arrayType())
        .astore(local);
    return local;
  }

  private int integer() {
    return code.allocateLocal(TypeKind.INT);
  }

  /** Distances of the rows of one transform: of input all blocks lie between, of output none. */
  private void setSteps(Side side, boolean input) {
    for (int j = 0; j < radix; j++) {
      code.iload(REPEATS).iload(side.stride()).imul();
      if (input) {
        code.iload(BLOCKS).imul();
      }
      code.loadConstant(j).imul().istore(side.steps()[j]);
    }
  }

  private void setBlock(Side side, int argument, int p, int rows) {
    code.aload(argument).invokevirtual(ROWS, "at", MethodTypeDesc.of(ConstantDescs.CD_int));
    code.iload(p).iload(REPEATS).imul().iload(side.stride()).imul();
    code.loadConstant(rows).imul().iadd().istore(side.block());
  }

  private interface Body {
    void with(int index);
  }

  private void loop(int count, Runnable pushStep, Body body) {
    int index = integer();
    Label test = code.newLabel();
    Label start = code.newLabel();
    code.iconst_0().istore(index).goto_(test).labelBinding(start);
    body.with(index);
    code.iload(index);
    pushStep.run();
    code.iadd().istore(index);
    code.labelBinding(test).iload(index).iload(count).if_icmplt(start);
  }

  private List<Factor> factors(Side side, int p) {
    int count = Math.max(1, radix - 1);
    int index = integer();
    List<Factor> factors = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      code.iload(p).loadConstant(count).imul().loadConstant(k).iadd().istore(index);
      factors.add(
          new Factor(
              factor(side.re(), index, false),
              factor(side.im(), index, false),
              factor(side.im(), index, true)));
    }
    return factors;
  }

  private Value factor(int array, int index, boolean negative) {
    code.aload(array).iload(index).arrayLoad(number());
    if (negative) {
      if (single) {
        code.fneg();
      } else {
        code.dneg();
      }
    }
    spread();
    return keep();
  }

  private List<Complex> butterfly(Side x, int t, int q) {
    int from = start(x, t, q);
    List<Complex> in = new ArrayList<>();
    for (int j = 0; j < radix; j++) {
      in.add(loadAt(x, from, j));
    }
    return new Butterfly(this).transform(in);
  }

  private Complex loadAt(Side side, int start, int row) {
    int index = indexOf(side, start, row);
    load(side.re(), index);
    Value re = keep();
    load(side.im(), index);
    return new Complex(re, keep());
  }

  private int indexOf(Side side, int start, int row) {
    int index = integer();
    code.iload(start).iload(side.steps()[row]).iadd().istore(index);
    return index;
  }

  private void store(
      List<Complex> values, Side y, Side factors, List<Factor> ofRows, int t, int q) {
    int to = start(y, t, q);
    int by = multiplied == Factors.OF_ELEMENTS ? start(factors, t, q) : to;
    for (int k = 0; k < radix; k++) {
      int factor = radix == 1 ? 0 : k - 1;
      Complex value = values.get(k);
      if (multiplied == Factors.OF_ELEMENTS) {
        value = times(value, factor(loadAt(factors, by, k)));
      } else if (!ofRows.isEmpty() && factor >= 0) {
        value = times(value, ofRows.get(factor));
      }
      int index = indexOf(y, to, k);
      store(positive(value.re()), y.re(), index);
      store(positive(value.im()), y.im(), index);
    }
  }

  private Factor factor(Complex number) {
    push(number.im().local());
    negate();
    return new Factor(number.re(), number.im(), keep());
  }

  private int start(Side side, int t, int q) {
    int local = integer();
    code.iload(t).iload(side.stride()).imul().iload(side.block()).iadd().iload(q).iadd();
    code.istore(local);
    return local;
  }

  private Complex times(Complex value, Factor factor) {
    Value re = product(value.im(), factor.negativeIm());
    Value im = product(value.re(), factor.im());
    return new Complex(
        multiplyAdd(value.re(), factor.re(), re), multiplyAdd(value.im(), factor.re(), im));
  }

  private int positive(Value value) {
    if (!value.negative()) {
      return value.local();
    }
    push(value.local());
    negate();
    return keep().local();
  }

  /** The sum of two values. */
  final Value sum(Value a, Value b) {
    if (a.negative() == b.negative()) {
      push(a.local());
      push(b.local());
      add();
      return new Value(keep().local(), a.negative());
    }
    push(a.negative() ? b.local() : a.local());
    push(a.negative() ? a.local() : b.local());
    subtract();
    return keep();
  }

  /** The product of a value and a number. */
  final Value product(Value a, double number) {
    return product(a, constant(number));
  }

  /** The product of two values. */
  private Value product(Value a, Value b) {
    push(a.local());
    push(b.local());
    multiply();
    return new Value(keep().local(), a.negative() != b.negative());
  }

  /** {@code a number + c}. */
  final Value multiplyAdd(Value a, double number, Value c) {
    boolean opposite = a.negative() != c.negative();
    push(a.local());
    push(constant(opposite ? -number : number).local());
    push(c.local());
    multiplyAdd();
    return new Value(keep().local(), c.negative());
  }

  /** {@code a b + c} for a positive b. */
  private Value multiplyAdd(Value a, Value b, Value c) {
    if (a.negative() == c.negative()) {
      push(a.local());
      push(b.local());
      push(c.local());
      multiplyAdd();
      return new Value(keep().local(), c.negative());
    }
    return sum(product(a, b), c);
  }

  private Value constant(double number) {
    Integer known = constants.get(number);
    if (known == null) {
      if (single) {
        code.loadConstant((float) number);
      } else {
        code.loadConstant(number);
      }
      spread();
      known = keep().local();
      constants.put(number, known);
    }
    return new Value(known, false);
  }

  private void push(int local) {
    code.loadLocal(kind(), local);
  }

  private Value keep() {
    int local = code.allocateLocal(kind());
    code.storeLocal(kind(), local);
    return new Value(local, false);
  }
}
