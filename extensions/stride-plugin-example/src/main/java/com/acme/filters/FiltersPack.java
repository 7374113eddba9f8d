package com.acme.filters;

import dev.stride.api.Tensor;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import java.util.List;

/** Brings the operators of this jar to every engine that finds it. */
public final class FiltersPack implements OperatorPack {

  @Override
  public String id() {
    return "acme.filters";
  }

  @Override
  public void register(OperatorRegistrar registrar) {
    registrar.operator(Softplus::new).samples(FiltersPack::samples);
    registrar.operator(Bell::new).samples(FiltersPack::samples);
  }

  /** Where both operators are checked: something typical, a scalar, and the far ends. */
  static List<Sample> samples() {
    return List.of(
        Sample.of(Tensor.random(4, 7)),
        Sample.of(Tensor.scalar(0.3)),
        Sample.of(Tensor.of(-4.0, 0.5, 4.0)));
  }
}
