package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.Expression.BitOperation;
import dev.stride.ops.std.internal.kernel.Expression.Choice;
import dev.stride.ops.std.internal.kernel.Expression.Comparison;
import dev.stride.ops.std.internal.kernel.Expression.Step.Limited;
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
  private static final ClassDesc FUNCTION = UnaryFunction.class.describeConstable().orElseThrow();
  private static final ClassDesc LARGE =
      ClassDesc.of(VectorCode.class.getPackageName(), "LargeLanes");

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
  void fuse(Runnable a, Runnable b, Runnable c) {
    a.run();
    b.run();
    c.run();
    code.invokevirtual(type, "fma", MethodTypeDesc.of(type, VECTOR, VECTOR));
  }

  @Override
  void change(BitOperation operation, long amount) {
    ClassDesc whole = ClassDesc.of(PACKAGE, single ? "IntVector" : "LongVector");
    ClassDesc number = single ? ConstantDescs.CD_int : ConstantDescs.CD_long;
    code.invokevirtual(
            type, single ? "reinterpretAsInts" : "reinterpretAsLongs", MethodTypeDesc.of(whole))
        .getstatic(OPERATORS, name(operation), isShift(operation) ? BINARY : ASSOCIATIVE);
    if (single) {
      code.loadConstant((int) amount);
    } else {
      code.loadConstant(amount);
    }
    code.invokevirtual(whole, "lanewise", MethodTypeDesc.of(whole, BINARY, number))
        .invokevirtual(
            whole,
            single ? "reinterpretAsFloats" : "reinterpretAsDoubles",
            MethodTypeDesc.of(type));
  }

  private static String name(BitOperation operation) {
    return switch (operation) {
      case SHIFT_LEFT -> "LSHL";
      case SHIFT_RIGHT -> "LSHR";
      case AND, OR, ADD -> operation.name();
    };
  }

  private static boolean isShift(BitOperation operation) {
    return operation == BitOperation.SHIFT_LEFT || operation == BitOperation.SHIFT_RIGHT;
  }

  @Override
  void limit(Limited limited) {
    int steps = kept(limited.steps());
    int x = kept(limited.x());
    code.aload(x).invokevirtual(type, "abs", MethodTypeDesc.of(type));
    code.getstatic(OPERATORS, "GT", COMPARISON);
    pushNumber(limited.limit());
    code.invokevirtual(type, "compare", MethodTypeDesc.of(MASK, COMPARISON, element()))
        .invokevirtual(MASK, "anyTrue", MethodTypeDesc.of(ConstantDescs.CD_boolean))
        .ifThenElse(
            large -> {
              code.aload(steps).aload(x);
              pushNumber(limited.limit());
              code.getstatic(FUNCTION, limited.function().name(), FUNCTION)
                  .invokestatic(
                      LARGE, "replace", MethodTypeDesc.of(type, type, type, element(), FUNCTION));
            },
            usual -> usual.aload(steps));
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
