package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;

@SuppressWarnings("NullAway") // matchers of mocks are null
class VariableTest {

  private final Engine engine = mock(Engine.class, Mockito.CALLS_REAL_METHODS);
  private final Variable<Tensor> x = variable();
  private final Variable<Tensor> y = variable();
  private final Operator<Object> operator = mock();

  private Variable<Tensor> variable() {
    Variable<Tensor> variable = mock(Mockito.CALLS_REAL_METHODS);
    doReturn(engine).when(variable).engine();
    return variable;
  }

  private record Short(
      String operator, Function<Variable<Tensor>, Variable<Tensor>> call, Object... arguments) {
    @Override
    public String toString() {
      return operator;
    }
  }

  static Stream<Arguments> shorts() {
    return Stream.of(
            new Short("stride.add", v -> v.plus(1), 1),
            new Short("stride.subtract", v -> v.minus(1.5), 1.5),
            new Short("stride.multiply", v -> v.times(2L), 2L),
            new Short("stride.divide", v -> v.div(2), 2),
            new Short("stride.scale", Variable::unaryMinus, -1),
            new Short("stride.power", v -> v.pow(3), 3),
            new Short("stride.exp", Variable::exp),
            new Short("stride.log", Variable::log),
            new Short("stride.sqrt", Variable::sqrt),
            new Short("stride.sum", Variable::sum),
            new Short("stride.mean", Variable::mean),
            new Short("stride.reshape", v -> v.reshape(Shape.of(2)), Shape.of(2)))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("shorts")
  void method_calls_the_standard_operator_of_that_name(Short method) {
    doReturn(operator).when(engine).operator(method.operator(), Object.class);
    doReturn(y).when(operator).call(any(Object[].class));
    Object[] expected = new Object[method.arguments().length + 1];
    expected[0] = x;
    System.arraycopy(method.arguments(), 0, expected, 1, method.arguments().length);

    assertThat(method.call().apply(x)).isSameAs(y);
    verify(operator).call(expected);
  }

  @Test
  void binary_methods_pass_the_other_variable_second() {
    Variable<Tensor> z = variable();
    for (String name : new String[] {"add", "subtract", "multiply", "divide", "dot", "matmul"}) {
      doReturn(operator).when(engine).operator("stride." + name, Object.class);
    }
    when(operator.call(x, y)).thenReturn(cast(z));

    assertThat(x.plus(y)).isSameAs(z);
    assertThat(x.minus(y)).isSameAs(z);
    assertThat(x.times(y)).isSameAs(z);
    assertThat(x.div(y)).isSameAs(z);
    assertThat(x.dot(y)).isSameAs(z);
    assertThat(x.matmul(y)).isSameAs(z);
  }

  @SuppressWarnings("unchecked")
  private static Variable<Object> cast(Variable<?> variable) {
    return (Variable<Object>) variable;
  }

  @Test
  void short_forms_of_adjoint_fill_in_defaults() {
    Run<RunStatistics> run = mock();
    AdjointOptions retaining = AdjointOptions.defaults().retaining();
    Tensor seed = Tensor.of(1);
    doReturn(run).when(engine).adjoint(any(), any(), any(AdjointOptions.class));

    assertThat(x.adjoint()).isSameAs(run);
    verify(engine).adjoint(x, null, AdjointOptions.defaults());
    x.adjoint(seed);
    verify(engine).adjoint(x, seed, AdjointOptions.defaults());
    x.adjoint(retaining);
    verify(engine).adjoint(x, null, retaining);
    x.adjoint(seed, retaining);
    verify(engine).adjoint(x, seed, retaining);
  }

  @Test
  void copies_are_asked_for_with_options() {
    Variable<Tensor> copy = variable();
    doReturn(copy).when(x).copy(any());
    doReturn(copy).when(x).detach(any());

    assertThat(x.copy()).isSameAs(copy);
    assertThat(x.alike()).isSameAs(copy);
    verify(x, Mockito.times(2)).copy(VariableOptions.none());
    assertThat(x.detach()).isSameAs(copy);
    verify(x).detach(VariableOptions.none());
    assertThat(x.asParameter()).isSameAs(copy);
    verify(x).detach(VariableOptions.<Tensor>none().needingGrad(true));
  }

  @Test
  void options_are_added_one_by_one() {
    GradientProcessor<Tensor> processor = (gradient, preconditioner) -> gradient;
    VariableOptions<Tensor> options =
        VariableOptions.of(Tensor.of(1))
            .named("x")
            .needingGrad(true)
            .processedBy(processor)
            .keepingGrad();

    assertThat(options).isEqualTo(new VariableOptions<>("x", Tensor.of(1), true, processor, true));
    assertThat(VariableOptions.<Tensor>none())
        .isEqualTo(new VariableOptions<Tensor>(null, null, null, null, false));
    assertThat(options.withValue(Tensor.of(2)).value()).isEqualTo(Tensor.of(2));
    assertThat(options.withValue(Tensor.of(2)).name()).isEqualTo("x");
  }

  @Test
  @SuppressWarnings("unchecked")
  void engine_makes_leaves_from_options() {
    Variable<Tensor> made = variable();
    Tensor value = Tensor.of(1);
    doReturn(made).when(engine).variable(any(VariableOptions.class));

    engine.variable(value);
    verify(engine).variable(VariableOptions.of(value));
    engine.variable("x", value);
    verify(engine).variable(VariableOptions.of(value).named("x"));
    engine.parameter(value);
    verify(engine).variable(VariableOptions.of(value).needingGrad(true));
    engine.parameter("x", value);
    verify(engine).variable(VariableOptions.of(value).named("x").needingGrad(true));
  }
}
