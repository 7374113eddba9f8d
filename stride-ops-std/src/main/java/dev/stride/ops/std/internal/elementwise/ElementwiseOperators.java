package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the element-wise operators. */
public final class ElementwiseOperators {

  private ElementwiseOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(Add::new).samples(Add::samples);
    registrar.operator(Subtract::new).samples(Subtract::samples);
    registrar.operator(Multiply::new).samples(Multiply::samples);
    registrar.operator(Divide::new).samples(Divide::samples);
    registrar.operator(Scale::new).samples(Scale::samples);
    registrar.operator(Power::new).samples(Power::samples);
    registrar.operator(Exp::new).samples(Exp::samples);
    registrar.operator(Log::new).samples(Log::samples);
    registrar.operator(Sqrt::new).samples(Sqrt::samples);
  }
}
