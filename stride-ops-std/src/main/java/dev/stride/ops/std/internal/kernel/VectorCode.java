package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Comparison;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** One vector of the Vector API a turn. */
final class VectorCode extends LoopCode {

  private static final String PACKAGE = "jdk.incubator.vector";
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE, "Vector");
  private static final ClassDesc MASK = ClassDesc.of(PACKAGE, "VectorMask");
  private static final ClassDesc SPECIES = ClassDesc.of(PACKAGE, "VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE, "VectorOperators");
  private static final ClassDesc UNARY = OPERATORS.nested("Unary");
  private static final ClassDesc BINARY = OPERATORS.nested("Binary");
  private static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");

  private final ClassDesc type;

  VectorCode(CodeBuilder code, DataType type, long uniform) {
    super(code, type, uniform);
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
  void spread() {
    int number = code.allocateLocal(single ? TypeKind.FLOAT : TypeKind.DOUBLE);
    TypeKind kind = single ? TypeKind.FLOAT : TypeKind.DOUBLE;
    code.storeLocal(kind, number);
    pushSpecies();
    code.loadLocal(kind, number)
        .invokestatic(type, "broadcast", MethodTypeDesc.of(type, SPECIES, element()));
  }

  @Override
  void pushStep() {
    pushSpecies();
    code.invokeinterface(SPECIES, "length", MethodTypeDesc.of(ConstantDescs.CD_int));
  }

  @Override
  void load(Runnable array, Runnable position) {
    pushSpecies();
    array.run();
    position.run();
    code.invokestatic(
        type, "fromArray", MethodTypeDesc.of(type, SPECIES, array(), ConstantDescs.CD_int));
  }

  @Override
  void store(int value, Runnable array, Runnable position) {
    code.aload(value);
    array.run();
    position.run();
    code.invokevirtual(
        type, "intoArray", MethodTypeDesc.of(ConstantDescs.CD_void, array(), ConstantDescs.CD_int));
  }

  @Override
  void apply(UnaryFunction function) {
    code.getstatic(OPERATORS, function.vectorName(), UNARY)
        .invokevirtual(type, "lanewise", MethodTypeDesc.of(type, UNARY));
  }

  @Override
  void apply(BinaryFunction function, Runnable first, Runnable second) {
    first.run();
    ClassDesc field = function.isAssociative() ? ASSOCIATIVE : BINARY;
    code.getstatic(OPERATORS, function.vectorName(), field);
    second.run();
    code.invokevirtual(type, "lanewise", MethodTypeDesc.of(type, BINARY, VECTOR));
  }

  @Override
  void choose(Choice choice) {
    push(choice.no());
    push(choice.yes());
    push(choice.a());
    String comparison = choice.comparison() == Comparison.LESS ? "LT" : "EQ";
    code.getstatic(OPERATORS, comparison, COMPARISON);
    push(choice.b());
    code.invokevirtual(type, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR))
        .invokevirtual(type, "blend", MethodTypeDesc.of(type, VECTOR, MASK));
  }
}
