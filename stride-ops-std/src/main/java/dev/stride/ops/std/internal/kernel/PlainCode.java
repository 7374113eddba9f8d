package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.Expression.BitOperation;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Comparison;
import dev.stride.ops.std.internal.kernel.Expression.Step.Limited;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** One element a turn. Functions that IEEE 754 does not prescribe are computed in float64. */
final class PlainCode extends LoopCode {

  private static final MethodTypeDesc OF_ONE =
      MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double);
  private static final MethodTypeDesc OF_TWO =
      MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double, ConstantDescs.CD_double);
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final ClassDesc FUNCTION = UnaryFunction.class.describeConstable().orElseThrow();
  private static final ClassDesc LARGE = LargeArguments.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc VALUE =
      MethodTypeDesc.of(ConstantDescs.CD_double, FUNCTION, ConstantDescs.CD_double);

  PlainCode(CodeBuilder code, DataType type, long uniform) {
    super(code, type, uniform);
  }

  @Override
  TypeKind kind() {
    return single ? TypeKind.FLOAT : TypeKind.DOUBLE;
  }

  @Override
  void spread() {}

  @Override
  void pushStep() {
    code.iconst_1();
  }

  @Override
  void load(Runnable array, Runnable position) {
    array.run();
    position.run();
    code.arrayLoad(kind());
  }

  @Override
  void store(int value, Runnable array, Runnable position) {
    array.run();
    position.run();
    code.loadLocal(kind(), value).arrayStore(kind());
  }

  @Override
  void apply(UnaryFunction function) {
    switch (function) {
      case NEGATE -> negate();
      case ABS -> code.invokestatic(MATH, "abs", MethodTypeDesc.of(element(), element()));
      default -> {
        widen();
        code.invokestatic(MATH, function.plainName(), OF_ONE);
        narrow();
      }
    }
  }

  private void negate() {
    if (single) {
      code.fneg();
    } else {
      code.dneg();
    }
  }

  private void widen() {
    if (single) {
      code.f2d();
    }
  }

  @Override
  void apply(BinaryFunction function, Runnable first, Runnable second) {
    switch (function) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE -> {
        first.run();
        second.run();
        arithmetic(function);
      }
      case MIN, MAX -> {
        first.run();
        second.run();
        code.invokestatic(
            MATH, function.plainName(), MethodTypeDesc.of(element(), element(), element()));
      }
      case POW, ATAN2, HYPOT -> {
        first.run();
        widen();
        second.run();
        widen();
        code.invokestatic(MATH, function.plainName(), OF_TWO);
        narrow();
      }
    }
  }

  private void arithmetic(BinaryFunction function) {
    Opcode opcode =
        switch (function) {
          case ADD -> single ? Opcode.FADD : Opcode.DADD;
          case SUBTRACT -> single ? Opcode.FSUB : Opcode.DSUB;
          case MULTIPLY -> single ? Opcode.FMUL : Opcode.DMUL;
          default -> single ? Opcode.FDIV : Opcode.DDIV;
        };
    code.with(OperatorInstruction.of(opcode));
  }

  @Override
  void fuse(Runnable a, Runnable b, Runnable c) {
    a.run();
    b.run();
    c.run();
    code.invokestatic(MATH, "fma", MethodTypeDesc.of(element(), element(), element(), element()));
  }

  @Override
  void change(BitOperation operation, long amount) {
    if (single) {
      changeInt(operation, (int) amount);
    } else {
      changeLong(operation, amount);
    }
  }

  private void changeInt(BitOperation operation, int amount) {
    ClassDesc box = ConstantDescs.CD_Float;
    code.invokestatic(box, "floatToRawIntBits", MethodTypeDesc.of(ConstantDescs.CD_int, element()))
        .loadConstant(amount);
    switch (operation) {
      case SHIFT_LEFT -> code.ishl();
      case SHIFT_RIGHT -> code.iushr();
      case AND -> code.iand();
      case OR -> code.ior();
      case ADD -> code.iadd();
    }
    code.invokestatic(box, "intBitsToFloat", MethodTypeDesc.of(element(), ConstantDescs.CD_int));
  }

  private void changeLong(BitOperation operation, long amount) {
    ClassDesc box = ConstantDescs.CD_Double;
    code.invokestatic(
        box, "doubleToRawLongBits", MethodTypeDesc.of(ConstantDescs.CD_long, element()));
    switch (operation) {
      case SHIFT_LEFT -> code.loadConstant((int) amount).lshl();
      case SHIFT_RIGHT -> code.loadConstant((int) amount).lushr();
      case AND -> code.loadConstant(amount).land();
      case OR -> code.loadConstant(amount).lor();
      case ADD -> code.loadConstant(amount).ladd();
    }
    code.invokestatic(box, "longBitsToDouble", MethodTypeDesc.of(element(), ConstantDescs.CD_long));
  }

  /** A comparison with NaN leaves -1: NaN is no large argument. */
  @Override
  void limit(Limited limited) {
    int steps = kept(limited.steps());
    int x = kept(limited.x());
    code.loadLocal(kind(), x).invokestatic(MATH, "abs", MethodTypeDesc.of(element(), element()));
    pushNumber(limited.limit());
    if (single) {
      code.fcmpl();
    } else {
      code.dcmpl();
    }
    code.ifThenElse(
        Opcode.IFGT,
        large -> {
          code.getstatic(FUNCTION, limited.function().name(), FUNCTION).loadLocal(kind(), x);
          widen();
          code.invokestatic(LARGE, "value", VALUE);
          narrow();
        },
        usual -> usual.loadLocal(kind(), steps));
  }

  @Override
  void choose(Choice choice) {
    int yes = kept(choice.yes());
    int no = kept(choice.no());
    push(choice.a());
    push(choice.b());
    boolean less = choice.comparison() == Comparison.LESS;
    compare();
    code.ifThenElse(
        less ? Opcode.IFLT : Opcode.IFEQ,
        then -> then.loadLocal(kind(), yes),
        otherwise -> otherwise.loadLocal(kind(), no));
  }

  /** Leaves 1 where either is NaN, which is neither less nor equal. */
  private void compare() {
    if (single) {
      code.fcmpg();
    } else {
      code.dcmpg();
    }
  }
}
