package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A null among the arguments is refused at once, with the operator's name and what to do. */
class NullArgumentsTest {

  private final Stride stride = Engines.engine();
  private final Variable<Double> x = stride.parameter("x", 2.0);

  @AfterEach
  void close() {
    stride.close();
  }

  @Test
  void null_for_a_single_port_is_refused_by_the_port_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Doubles.add().call(x, null))
        .withMessageMatching(".*add: argument 1 is null; leave an optional argument out.*");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stride.bind(Doubles.add()).call(x, null))
        .withMessageMatching(".*add: argument `.+` is null; leave an optional argument out.*");
  }

  @Test
  void null_among_many_for_one_port_is_refused_by_its_position() {
    LambdaOperator<Double> count =
        LambdaOperator.of(
            Signature.named("test.count")
                .input(Port.of("x").typed(Double.class).variadic())
                .output("y", Double.class)
                .build(),
            call -> Outputs.of(1.0),
            call -> Gradients.of(0.0, 0.0));
    for (Operator<Double> operator : List.of(count, stride.bind(count))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> operator.call(x, x, null))
          .withMessageStartingWith("test.count: argument 2 is null; leave an optional argument");
    }
  }
}
