package dev.stride.ops.std.internal.loss;

import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.TransposedOperator;
import org.junit.jupiter.api.Test;

/** Sums of traces, which gradients of gradients are made of. */
class TraceSumTest {

  @Test
  void sums_of_traces_and_their_transpose_keep_the_contract() {
    Contracts.prove(new TraceSum(), Sample.of(Singles.normal(Shape.of(2, 3, 4))));
    Contracts.prove(
        new TransposedOperator(new TraceSum()),
        Sample.of(Singles.normal(Shape.of(2, 1)), Singles.normal(Shape.of(2, 3))));
  }
}
