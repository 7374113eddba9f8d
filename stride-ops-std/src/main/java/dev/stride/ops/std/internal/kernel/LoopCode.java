package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.Expression.Binary;
import dev.stride.ops.std.internal.kernel.Expression.BitOperation;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Constant;
import dev.stride.ops.std.internal.kernel.Expression.Operand;
import dev.stride.ops.std.internal.kernel.Expression.Parameter;
import dev.stride.ops.std.internal.kernel.Expression.Step.Bits;
import dev.stride.ops.std.internal.kernel.Expression.Step.Fused;
import dev.stride.ops.std.internal.kernel.Expression.Step.Limited;
import dev.stride.ops.std.internal.kernel.Expression.Unary;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the byte code of one {@link Loop}: what does not change is loaded before the loop, what
 * occurs more than once is computed once.
 */
abstract class LoopCode {

  private static final int OPERANDS = 1;
  private static final int OFFSETS = 2;
  private static final int PARAMETERS = 3;
  private static final int OUT = 4;
  private static final int AT = 5;
  private static final int COUNT = 6;

  /** Writes to here. */
  final CodeBuilder code;

  /** Whether elements are float32. */
  final boolean single;

  private final long uniform;
  private final List<Expression> parts = new ArrayList<>();
  private final Map<Expression, Integer> occurrences = new IdentityHashMap<>();
  private final Map<Expression, Integer> values = new IdentityHashMap<>();
  private final Map<Integer, Integer> arrays = new HashMap<>();
  private final Map<Integer, Integer> offsets = new HashMap<>();
  private int out;
  private int index;

  /**
   * A loop to be written.
   *
   * @param uniform bit k: operand k is one element, the same everywhere
   */
  LoopCode(CodeBuilder code, DataType type, long uniform) {
    this.code = code;
    this.single = type == DataType.FLOAT32;
    this.uniform = uniform;
  }

  /** What is on the stack: a number or a vector. */
  abstract TypeKind kind();

  /** Turns a number on the stack to a value that is the same everywhere. */
  abstract void spread();

  /** Pushes the number of elements that one turn of the loop handles. */
  abstract void pushStep();

  /** Replaces the value on the stack. */
  abstract void apply(UnaryFunction function);

  /** Pushes the function of two values, each pushed by a part of code. */
  abstract void apply(BinaryFunction function, Runnable first, Runnable second);

  /** Pushes the value chosen. */
  abstract void choose(Choice choice);

  /** Pushes {@code a * b + c}, rounded once. */
  abstract void fuse(Runnable a, Runnable b, Runnable c);

  /** Changes the bits of the value on the stack. */
  abstract void change(BitOperation operation, long amount);

  /** Pushes the value of steps, or of a method where the argument is too large for them. */
  abstract void limit(Limited limited);

  /**
   * Writes the method.
   *
   * @param expression one whose equal parts are the same object, see {@link Parts#shared}
   */
  final void loop(Expression expression) {
    count(expression);
    prepare();
    out = code.allocateLocal(TypeKind.REFERENCE);
    code.aload(OUT).checkcast(array()).astore(out);
    index = code.allocateLocal(TypeKind.INT);
    int step = code.allocateLocal(TypeKind.INT);
    pushStep();
    code.istore(step).iconst_0().istore(index);
    Label test = code.newLabel();
    Label body = code.newLabel();
    code.goto_(test).labelBinding(body);
    storeResult(expression);
    code.iload(index).iload(step).iadd().istore(index);
    code.labelBinding(test).iload(index).iload(COUNT).if_icmplt(body).return_();
  }

  private void storeResult(Expression expression) {
    int result = code.allocateLocal(kind());
    push(expression);
    code.storeLocal(kind(), result);
    store(result, () -> code.aload(out), () -> code.iload(AT).iload(index).iadd());
  }

  /** Stores the local value to the array and index that are pushed. */
  abstract void store(int value, Runnable array, Runnable position);

  /** The type of the arrays. */
  final ClassDesc array() {
    return element().arrayType();
  }

  /** The type of the elements. */
  final ClassDesc element() {
    return single ? ConstantDescs.CD_float : ConstantDescs.CD_double;
  }

  private void count(Expression expression) {
    if (occurrences.merge(expression, 1, Integer::sum) == 1) {
      parts.add(expression);
      Parts.of(expression).forEach(this::count);
    }
  }

  /** Loads what does not change in the loop. */
  private void prepare() {
    for (Expression part : parts) {
      switch (part) {
        case Operand(int operand) -> prepareOperand(part, operand);
        case Parameter(int parameter) -> {
          code.aload(PARAMETERS).loadConstant(parameter).daload();
          narrow();
          keepSpread(part);
        }
        case Constant(double value) -> {
          pushNumber(value);
          keepSpread(part);
        }
        default -> {}
      }
    }
  }

  private void prepareOperand(Expression part, int operand) {
    code.aload(OPERANDS).loadConstant(operand).aaload().checkcast(array());
    if ((uniform >> operand & 1) != 0) {
      code.aload(OFFSETS).loadConstant(operand).iaload();
      code.arrayLoad(single ? TypeKind.FLOAT : TypeKind.DOUBLE);
      keepSpread(part);
    } else {
      int local = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(local);
      arrays.put(operand, local);
      int offset = code.allocateLocal(TypeKind.INT);
      code.aload(OFFSETS).loadConstant(operand).iaload().istore(offset);
      offsets.put(operand, offset);
    }
  }

  private void keepSpread(Expression part) {
    spread();
    keep(part);
  }

  private int keep(Expression part) {
    int local = code.allocateLocal(kind());
    code.storeLocal(kind(), local);
    values.put(part, local);
    return local;
  }

  /** Turns a double on the stack to a number of the type of the elements. */
  final void narrow() {
    if (single) {
      code.d2f();
    }
  }

  /** Pushes a number of the type of the elements. */
  final void pushNumber(double value) {
    if (single) {
      code.loadConstant((float) value);
    } else {
      code.loadConstant(value);
    }
  }

  /** Pushes the value of an expression. */
  final void push(Expression expression) {
    Integer known = values.get(expression);
    if (known != null) {
      code.loadLocal(kind(), known);
      return;
    }
    compute(expression);
    if (occurrences.getOrDefault(expression, 0) > 1) {
      code.loadLocal(kind(), keep(expression));
    }
  }

  private void compute(Expression expression) {
    switch (expression) {
      case Operand(int operand) -> load(operand);
      case Unary(UnaryFunction function, Expression x) -> {
        push(x);
        apply(function);
      }
      case Binary(BinaryFunction function, Expression a, Expression b) ->
          apply(function, () -> push(a), () -> push(b));
      case Choice choice -> choose(choice);
      case Fused(Expression a, Expression b, Expression c) ->
          fuse(() -> push(a), () -> push(b), () -> push(c));
      case Bits(BitOperation operation, Expression x, long amount) -> {
        push(x);
        change(operation, amount);
      }
      case Limited limited -> limit(limited);
      case Constant constant -> throw new AssertionError("loaded before the loop");
      case Parameter parameter -> throw new AssertionError("loaded before the loop");
    }
  }

  /** The local variable that the value of an expression is put in. */
  final int kept(Expression expression) {
    push(expression);
    int local = code.allocateLocal(kind());
    code.storeLocal(kind(), local);
    return local;
  }

  private void load(int operand) {
    Integer array = arrays.get(operand);
    Integer offset = offsets.get(operand);
    if (array == null || offset == null) {
      throw new AssertionError("operand " + operand + " was not prepared");
    }
    load(() -> code.aload(array), () -> code.iload(offset).iload(index).iadd());
  }

  /** Pushes the elements of the array at the position that are pushed. */
  abstract void load(Runnable array, Runnable position);
}
