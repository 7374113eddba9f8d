package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Comparison;
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

  private int kept(Expression expression) {
    push(expression);
    int local = code.allocateLocal(kind());
    code.storeLocal(kind(), local);
    return local;
  }
}
