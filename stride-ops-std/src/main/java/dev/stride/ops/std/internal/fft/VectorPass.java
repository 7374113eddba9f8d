package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** One vector of the Vector API a turn. */
final class VectorPass extends PassCode {

  private static final String PACKAGE = "jdk.incubator.vector";
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE, "Vector");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE, "VectorSpecies");

  private final ClassDesc type;

  VectorPass(CodeBuilder code, DataType type, int radix, Factors multiplied) {
    super(code, type, radix, multiplied);
    this.type = ClassDesc.of(PACKAGE, type == DataType.FLOAT32 ? "FloatVector" : "DoubleVector");
  }

  @Override
  TypeKind kind() {
    return TypeKind.REFERENCE;
  }

  private void pushSpecies() {
    code.getstatic(type, "SPECIES_PREFERRED", SPECIES);
  }

  @Override
  void pushStep() {
    pushSpecies();
    code.invokeinterface(SPECIES, "length", MethodTypeDesc.of(ConstantDescs.CD_int));
  }

  @Override
  void spread() {
    TypeKind kind = single ? TypeKind.FLOAT : TypeKind.DOUBLE;
    int number = code.allocateLocal(kind);
    code.storeLocal(kind, number);
    pushSpecies();
    code.loadLocal(kind, number)
        .invokestatic(type, "broadcast", MethodTypeDesc.of(type, SPECIES, element()));
  }

  @Override
  void load(int array, int index) {
    pushSpecies();
    code.aload(array)
        .iload(index)
        .invokestatic(
            type,
            "fromArray",
            MethodTypeDesc.of(type, SPECIES, element().arrayType(), ConstantDescs.CD_int));
  }

  @Override
  void store(int value, int array, int index) {
    code.aload(value)
        .aload(array)
        .iload(index)
        .invokevirtual(
            type,
            "intoArray",
            MethodTypeDesc.of(ConstantDescs.CD_void, element().arrayType(), ConstantDescs.CD_int));
  }

  @Override
  void add() {
    ofTwo("add");
  }

  @Override
  void subtract() {
    ofTwo("sub");
  }

  @Override
  void multiply() {
    ofTwo("mul");
  }

  private void ofTwo(String method) {
    code.invokevirtual(type, method, MethodTypeDesc.of(type, VECTOR));
  }

  @Override
  void multiplyAdd() {
    code.invokevirtual(type, "fma", MethodTypeDesc.of(type, VECTOR, VECTOR));
  }

  @Override
  void negate() {
    code.invokevirtual(type, "neg", MethodTypeDesc.of(type));
  }
}
