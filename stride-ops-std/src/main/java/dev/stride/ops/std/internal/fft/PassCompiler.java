package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;

/** Makes the {@link Pass} of a radix: a hidden class, which the virtual machine compiles. */
final class PassCompiler {

  private static final Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassDesc PASS = Pass.class.describeConstable().orElseThrow();
  private static final ClassDesc ROWS = Rows.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ROWS,
          ROWS,
          ROWS,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int,
          ConstantDescs.CD_int);

  private PassCompiler() {}

  /**
   * A pass.
   *
   * @param vector whether it is vector code
   * @param multiplied which factors it multiplies by
   */
  static Pass pass(DataType type, boolean vector, int radix, Factors multiplied) {
    String name = (vector ? "Vector" : "Plain") + "Radix" + radix;
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(PassCompiler.class.getPackageName(), name),
                file ->
                    file.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                        .withInterfaceSymbols(PASS)
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
                        .withMethodBody(
                            "run",
                            RUN,
                            ClassFile.ACC_PUBLIC,
                            code ->
                                (vector
                                        ? new VectorPass(code, type, radix, multiplied)
                                        : new PlainPass(code, type, radix, multiplied))
                                    .write()));
    return instance(bytes);
  }

  private static Pass instance(byte[] bytes) {
    try {
      Lookup hidden = LOOKUP.defineHiddenClass(bytes, true);
      return (Pass)
          hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable failure) {
      throw new IllegalStateException("a generated pass cannot be loaded", failure);
    }
  }
}
