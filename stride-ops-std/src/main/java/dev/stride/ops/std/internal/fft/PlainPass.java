package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** One element a turn. */
final class PlainPass extends PassCode {

  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();

  PlainPass(CodeBuilder code, DataType type, int radix, Factors multiplied) {
    super(code, type, radix, multiplied);
  }

  @Override
  TypeKind kind() {
    return single ? TypeKind.FLOAT : TypeKind.DOUBLE;
  }

  @Override
  void pushStep() {
    code.iconst_1();
  }

  @Override
  void spread() {}

  @Override
  void load(int array, int index) {
    code.aload(array).iload(index).arrayLoad(kind());
  }

  @Override
  void store(int value, int array, int index) {
    code.aload(array).iload(index).loadLocal(kind(), value).arrayStore(kind());
  }

  @Override
  void add() {
    if (single) {
      code.fadd();
    } else {
      code.dadd();
    }
  }

  @Override
  void subtract() {
    if (single) {
      code.fsub();
    } else {
      code.dsub();
    }
  }

  @Override
  void multiply() {
    if (single) {
      code.fmul();
    } else {
      code.dmul();
    }
  }

  @Override
  void multiplyAdd() {
    code.invokestatic(MATH, "fma", MethodTypeDesc.of(element(), element(), element(), element()));
  }

  @Override
  void negate() {
    if (single) {
      code.fneg();
    } else {
      code.dneg();
    }
  }
}
