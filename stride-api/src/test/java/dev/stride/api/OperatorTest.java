package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

@SuppressWarnings("NullAway") // null is passed where it must be refused
class OperatorTest {

  /** {@code y = x}. */
  private static final class Same implements BlockingOperator<Tensor> {
    @Override
    public Signature signature() {
      return Signature.named("acme.same").input("x").output("y").build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x"));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent());
    }
  }

  private final Engine engine = mock(Engine.class);
  private final Results results = mock(Results.class);

  private Variable<?> variable() {
    Variable<?> variable = mock(Variable.class);
    when(variable.engine()).thenReturn(engine);
    return variable;
  }

  @Test
  void call_goes_to_the_engine_of_the_variables_and_gives_the_primary_output() {
    Variable<?> x = variable();
    Variable<?> y = variable();
    Operator<Tensor> operator = new Same();
    when(engine.call(eq(operator), any())).thenReturn(results);
    doReturn(y).when(results).get(0);

    assertThat((Object) operator.call(x, 2)).isSameAs(y);
    assertThat(operator.callAll(x)).isSameAs(results);
    ArgumentCaptor<Arguments> given = ArgumentCaptor.forClass(Arguments.class);
    verify(engine, Mockito.times(2)).call(eq(operator), given.capture());
    assertThat(given.getAllValues().getFirst().positional()).containsExactly(x, 2);
  }

  @Test
  void blocking_operator_runs_on_the_executor_it_is_given() {
    List<Runnable> tasks = new ArrayList<>();
    Executor executor = tasks::add;
    ForwardCall call = mock(ForwardCall.class);
    when(call.tensor("x")).thenReturn(Tensor.of(1));
    CompletionStage<Outputs> stage = new Same().forward(call, executor);
    assertThat(tasks).hasSize(1);
    List<Outputs> seen = new ArrayList<>();
    stage.thenAccept(seen::add);
    assertThat(seen).isEmpty();

    tasks.getFirst().run();
    assertThat(seen.getFirst().values()).containsExactly(Tensor.of(1));
  }

  @Test
  void named_operator_differs_in_its_name_only() {
    Same same = new Same();
    Operator<Tensor> named = same.named("mine");

    assertThat(named.name()).isEqualTo("mine");
    assertThat(named.signature().name()).isEqualTo("acme.same");
    assertThat(named.unwrap()).isSameAs(same);
    assertThat(named.named("again").unwrap()).isSameAs(same);
    assertThat(named.weight()).isEqualTo(Weight.COMPUTE);
    assertThat(same.name()).isEqualTo("acme.same");
    assertThatNullPointerException().isThrownBy(() -> same.named(null));
  }

  @Test
  void named_operator_hands_everything_on() {
    Operator<Tensor> original = mock();
    OperatorCall call = mock(OperatorCall.class);
    Executor executor = Runnable::run;
    when(original.weight(call)).thenReturn(Weight.BLOCKING);
    when(original.weight()).thenReturn(Weight.CHEAP);
    when(original.outputCount(any())).thenReturn(3);
    Operator<Tensor> named = new NamedOperator<>("mine", original);
    ForwardCall forward = mock(ForwardCall.class);
    AdjointCall adjoint = mock(AdjointCall.class);
    named.forward(forward, executor);
    named.adjoint(adjoint, executor);

    assertThat(named.weight(call)).isEqualTo(Weight.BLOCKING);
    assertThat(named.weight()).isEqualTo(Weight.CHEAP);
    assertThat(named.outputCount(Arguments.of())).isEqualTo(3);
    verify(original).forward(forward, executor);
    verify(original).adjoint(adjoint, executor);
  }

  @Test
  void output_count_of_an_operator_that_does_not_say_is_an_error_that_says_how() {
    assertThatThrownBy(() -> new Same().outputCount(Arguments.of()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("acme.same")
        .hasMessageContaining("outputCount(Arguments)");
  }

  private static OperatorCall callWith(Object value) {
    OperatorCall call = mock(OperatorCall.class, Mockito.CALLS_REAL_METHODS);
    doReturn(new Same().signature()).when(call).signature();
    doReturn(value != null).when(call).has("x");
    doReturn(value).when(call).value("x", Number.class);
    return call;
  }

  @Test
  void numbers_of_a_call_are_converted_and_checked() {
    assertThat(callWith(3).number("x")).isEqualTo(3.0);
    assertThat(callWith(3L).integer("x")).isEqualTo(3);
    assertThat(callWith(3.0f).integer("x")).isEqualTo(3);
    assertThat(callWith(null).number("x", 7)).isEqualTo(7.0);
    assertThat(callWith(null).integer("x", 7)).isEqualTo(7);
    assertThat(callWith(2).integer("x", 7)).isEqualTo(2);
    for (double wrong : new double[] {0.5, 1e10, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> callWith(wrong).integer("x"))
          .withMessageContaining("acme.same")
          .withMessageContaining("whole number");
    }
  }

  @Test
  void integer_takes_the_whole_range() {
    assertThat(callWith((double) Integer.MIN_VALUE).integer("x")).isEqualTo(Integer.MIN_VALUE);
    assertThat(callWith((double) Integer.MAX_VALUE).integer("x")).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void serial_parallel_runs_every_chunk_in_order_on_the_caller() {
    List<Integer> ran = new ArrayList<>();
    Parallel.serial().run(3, ran::add);
    int sum =
        Parallel.serial()
            .team(team -> {
              team.run(2, ran::add);
              return ran.size();
            });

    assertThat(ran).containsExactly(0, 1, 2, 0, 1);
    assertThat(sum).isEqualTo(5);
    assertThat(Parallel.serial().threads()).isEqualTo(1);
  }

  @Test
  void token_that_is_cancelled_throws_and_none_never_does() {
    CancellationToken cancelled = () -> true;
    assertThatThrownBy(cancelled::throwIfCancelled).isInstanceOf(RunCancelledException.class);
    CancellationToken.NONE.throwIfCancelled();
    assertThat(CancellationToken.NONE.isCancelled()).isFalse();
  }
}
