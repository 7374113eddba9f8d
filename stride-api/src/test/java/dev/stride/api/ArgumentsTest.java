package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // null is passed where it must be refused
class ArgumentsTest {

  private final Engine engine = mock(Engine.class);
  private final Engine other = mock(Engine.class);
  private final Operator<?> operator = mock(Operator.class);

  ArgumentsTest() {
    when(operator.name()).thenReturn("acme.op");
  }

  private static Variable<?> variable(Engine engine, String name) {
    Variable<?> variable = mock(Variable.class);
    when(variable.engine()).thenReturn(engine);
    when(variable.name()).thenReturn(name);
    return variable;
  }

  @Test
  void of_and_with_keep_order_and_do_not_change_the_original() {
    Arguments first = Arguments.of(1, "two");
    Arguments second = first.with("b", 3).with("a", 4);

    assertThat(first.positional()).containsExactly(1, "two");
    assertThat(first.named()).isEmpty();
    assertThat(second.positional()).containsExactly(1, "two");
    assertThat(second.named().keySet()).containsExactly("b", "a");
  }

  @Test
  void null_is_refused_and_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.of(1, null))
        .withMessageContaining("argument 1 is null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.of().with("x", null))
        .withMessageContaining("'x'");
  }

  @Test
  void name_twice_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.of().with("x", 1).with("x", 2))
        .withMessageContaining("'x' is given twice");
  }

  @Test
  void from_takes_one_arguments_object_as_it_is() {
    Arguments given = Arguments.of(1);
    assertThat(Arguments.from(operator(), given)).isSameAs(given);
    assertThat(Arguments.from(operator(), 1, 2).positional()).containsExactly(1, 2);
  }

  @Test
  void from_names_the_operator_that_was_given_null() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arguments.from(operator(), 1, null))
        .withMessageStartingWith("test.add: argument 1 is null");
  }

  private static Operator<?> operator() {
    Operator<?> operator = mock();
    when(operator.signature())
        .thenReturn(Signature.named("test.add").input("a").input("b").output("y").build());
    return operator;
  }

  @Test
  void variables_are_found_in_order_inside_lists_maps_and_bundles() {
    Variable<?> a = variable(engine, "a");
    Variable<?> b = variable(engine, "b");
    Variable<?> c = variable(engine, "c");
    Variable<?> d = variable(engine, "d");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("one", 1);
    map.put("two", List.of(b, 2.0));
    VariableBundle bundle = () -> Map.of("velocity", c);

    assertThat(Arguments.of(a, map, bundle, "text").with("d", Arrays.asList(d, a)).variables())
        .containsExactly(a, b, c, d, a);
    assertThat(Arguments.of(1, "text").variables()).isEmpty();
  }

  @Test
  void engine_is_that_of_the_variables() {
    Arguments arguments = Arguments.of(1, List.of(variable(engine, "a"), variable(engine, "b")));
    assertThat(arguments.engine(operator)).isSameAs(engine);
  }

  @Test
  void two_engines_are_refused_with_both_variables() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Arguments.of(variable(engine, "a"), variable(other, "b")).engine(operator))
        .withMessageContaining("acme.op")
        .withMessageContaining("'a'")
        .withMessageContaining("'b'");
  }

  @Test
  void no_variable_says_how_to_bind() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Arguments.of(1).engine(operator))
        .withMessageContaining("acme.op")
        .withMessageContaining("stride.bind(operator)");
  }
}
