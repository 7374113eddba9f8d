package com.acme.filters;

import dev.stride.api.Operator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.OperatorContract;
import java.util.stream.Stream;

class BellTest extends OperatorContract {

  @Override
  protected Operator<Tensor> operator() {
    return new Bell();
  }

  @Override
  protected Stream<Sample> samples() {
    return FiltersPack.samples().stream();
  }
}
