package dev.stride.ops.std.internal.reduction;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the reductions. */
public final class Reductions {

  private Reductions() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(Sum::new).samples(Sum::samples);
    registrar.operator(Mean::new).samples(Mean::samples);
    registrar.operator(Product::new).samples(Product::samples);
    registrar.operator(Extremum::largest).samples(Extremum::samples);
    registrar.operator(Extremum::smallest).samples(Extremum::samples);
    registrar.operator(Norm::new).samples(Norm::samples);
    registrar.operator(Variance::variance).samples(Variance::samples);
    registrar.operator(Variance::deviation).samples(Variance::samples);
    registrar.operator(LogSumExp::new).samples(LogSumExp::samples);
    registrar.operator(Softmax::new).samples(Softmax::samples);
    registrar.operator(CumulativeSum::new).samples(CumulativeSum::samples);
    registrar.operator(Dot::new).samples(Dot::samples);
  }
}
