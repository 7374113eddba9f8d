package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;

/**
 * Makes a {@link Loop} of an {@link Expression}: a hidden class with one loop, which the virtual
 * machine compiles like any other.
 */
final class LoopCompiler {

  private static final Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassDesc LOOP = Loop.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Object.arrayType(),
          ConstantDescs.CD_int.arrayType(),
          ConstantDescs.CD_double.arrayType(),
          ConstantDescs.CD_Object,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);

  private LoopCompiler() {}

  /** A loop of plain code, for any count. */
  static Loop plain(Expression expression, DataType type, long uniform) {
    return compiled("Plain", code -> new PlainCode(code, type, uniform).loop(expression));
  }

  /** A loop of vector code, for counts that are multiples of the lanes. */
  static Loop vector(Expression expression, DataType type, long uniform) {
    return compiled("Vector", code -> new VectorCode(code, type, uniform).loop(expression));
  }

  private static Loop compiled(String kind, java.util.function.Consumer<CodeBuilder> body) {
    ClassDesc self = ClassDesc.of(LoopCompiler.class.getPackageName(), kind + "Loop");
    byte[] bytes =
        ClassFile.of()
            .build(
                self,
                type ->
                    type.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                        .withInterfaceSymbols(LOOP)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            0,
                            code ->
                                code.aload(0)
                                    .invokespecial(
                                        ConstantDescs.CD_Object,
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void)
                                    .return_())
                        .withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, body));
    return instance(bytes);
  }

  private static Loop instance(byte[] bytes) {
    try {
      Lookup hidden = LOOKUP.defineHiddenClass(bytes, true);
      return (Loop)
          hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable failure) {
      throw new IllegalStateException("a generated loop cannot be loaded", failure);
    }
  }
}
