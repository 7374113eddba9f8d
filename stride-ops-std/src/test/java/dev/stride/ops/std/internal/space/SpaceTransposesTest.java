package dev.stride.ops.std.internal.space;

import dev.stride.api.Shape;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.Contracts;
import dev.stride.ops.std.internal.operator.LinearOperator;
import dev.stride.ops.std.internal.operator.Singles;
import dev.stride.ops.std.internal.operator.TransposedOperator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The transposes of operators on fields, which gradients of gradients are made of. */
class SpaceTransposesTest {

  private static void prove(LinearOperator operator, Shape cotangent, Shape x, String... named) {
    Sample sample =
        Sample.of(Singles.normal(cotangent), Singles.normal(x)).with("spacing", List.of(0.5));
    for (String edge : named) {
      sample = sample.with("edge", edge);
    }
    Contracts.prove(new TransposedOperator(operator), sample);
  }

  @Test
  void transposed_differences_keep_the_contract() {
    prove(new GridGradient(), Shape.of(2, 4, 3), Shape.of(4, 3));
    prove(new GridGradient(), Shape.of(2, 4, 3), Shape.of(4, 3), "mirror");
    prove(new GridDivergence(), Shape.of(4, 3), Shape.of(2, 4, 3));
    prove(new GridDivergence(), Shape.of(4, 3), Shape.of(2, 4, 3), "zero");
    prove(new Laplacian(), Shape.of(4, 5), Shape.of(4, 5));
    prove(new Laplacian(), Shape.of(4, 5), Shape.of(4, 5), "periodic");
  }

  @Test
  void transposed_resizing_and_padding_keep_the_contract() {
    Contracts.prove(
        new TransposedOperator(new Resize()),
        Sample.of(Singles.normal(Shape.of(5, 2)), Singles.normal(Shape.of(3, 4)))
            .with("shape", Shape.of(5, 2)));
    Contracts.prove(
        new TransposedOperator(new PadMirror()),
        Sample.of(Singles.normal(Shape.of(5, 6)), Singles.normal(Shape.of(3, 4)))
            .with("widths", List.of(1)));
    Contracts.prove(
        new TransposedOperator(new PadAbsorbing()),
        Sample.of(Singles.normal(Shape.of(5, 6)), Singles.normal(Shape.of(3, 4)))
            .with("widths", List.of(1)));
  }
}
