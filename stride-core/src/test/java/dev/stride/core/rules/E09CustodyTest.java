package dev.stride.core.rules;

import static dev.stride.core.fixtures.LendingSpace.dy;
import static dev.stride.core.fixtures.LendingSpace.unary;
import static dev.stride.core.fixtures.LendingSpace.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.AdjointCall;
import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.Engine.Seeded;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.Signature;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.EveryOrder;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.LendingSpace;
import dev.stride.core.fixtures.LentValue;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.RandomSchedule;
import dev.stride.core.fixtures.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * E9, E23. Where a space wants to know who holds its values, everything that only a run had comes
 * back when its last holder is done, exactly once, however the run ends; nothing that anybody else
 * may have ever does.
 */
class E09CustodyTest {

  private static final AdjointOptions RETAIN = AdjointOptions.defaults().retaining();

  private final LendingSpace bank = new LendingSpace();
  private final Stride stride = Engines.builder().pack(bank).build();
  private final LentValue given = bank.value(3);
  private final Variable<LentValue> x = stride.parameter("x", given);

  @AfterEach
  void nothing_wrong_was_done() {
    stride.close();
    assertThat(bank.wrong()).isEmpty();
    assertThat(given.isFreed()).as("the value of a parameter").isFalse();
  }

  private Variable<LentValue> chain(Variable<LentValue> from, int length) {
    Variable<LentValue> y = from;
    for (int i = 0; i < length; i++) {
      y = bank.times(1).call(y);
    }
    return y;
  }

  private double gradient() {
    return Objects.requireNonNull(x.grad()).number();
  }

  @Test
  void chain_of_any_length_holds_two_cotangents_and_leaves_the_gradient() {
    List<Long> alive = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<LentValue> watching =
        bank.operator(
            unary("lent.watching").adjointNeeds().build(),
            call -> Outputs.of(bank.value(x(call).number())),
            call -> {
              LentValue own = bank.value(dy(call).number());
              alive.add(bank.alive());
              return Gradients.of(own);
            });
    Variable<LentValue> y = x;
    for (int i = 0; i < 1000; i++) {
      y = watching.call(y);
    }
    Waiting.on(y.adjoint());

    assertThat(alive).hasSize(1000).allMatch(count -> count <= 1);
    assertThat(bank.freed()).isEqualTo(999);
    assertThat(bank.left()).isEmpty();
    assertThat(gradient()).isEqualTo(1);
  }

  @Test
  void cotangent_that_is_passed_on_itself_comes_back_after_its_last_consumer() {
    Variable<LentValue> a = bank.times(2).call(x);
    Variable<LentValue> b = bank.times(3).call(x);
    Variable<LentValue> sum = bank.plus().call(bank.plus().call(a, b), a);
    Waiting.on(bank.times(5).call(sum).adjoint());

    assertThat(gradient()).isEqualTo(35);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void view_of_a_cotangent_counts_as_the_cotangent() {
    BlockingOperator<LentValue> viewing =
        bank.operator(
            unary("lent.view").adjointNeeds().build(),
            call -> Outputs.of(x(call).view()),
            call -> Gradients.of(dy(call).view()));
    Variable<LentValue> y = viewing.call(viewing.call(bank.times(2).call(viewing.call(x))));
    Waiting.on(bank.times(4).call(y).adjoint());

    assertThat(gradient()).isEqualTo(8);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void what_an_adjoint_did_not_make_stays_although_it_is_returned() {
    LentValue constant = bank.value(7);
    List<LentValue> saved = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<LentValue> returning =
        bank.operator(
            unary("lent.returning").build(),
            call -> {
              LentValue kept = bank.value(5);
              saved.add(kept);
              return Outputs.of(bank.value(x(call).number())).saving(kept);
            },
            call ->
                Gradients.of(
                    switch ((int) dy(call).number()) {
                      case 7 -> x(call);
                      case 3 -> call.saved(LentValue.class);
                      default -> constant;
                    }));
    Variable<LentValue> y = x;
    for (int i = 0; i < 4; i++) {
      y = bank.times(1).call(returning.call(y));
    }
    Waiting.on(y.adjoint(RETAIN));
    Waiting.on(y.adjoint());

    assertThat(constant.isFreed()).isFalse();
    assertThat(saved).hasSize(4).noneMatch(LentValue::isFreed);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void seed_belongs_to_who_gave_it() {
    LentValue seed = bank.value(2);
    Waiting.on(bank.plus().call(x, chain(x, 3)).adjoint(seed));

    assertThat(seed.isFreed()).isFalse();
    assertThat(gradient()).isEqualTo(4);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void operator_of_a_third_party_may_keep_its_cotangent() {
    List<LentValue> kept = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<LentValue> keeping =
        LambdaOperator.of(
            unary("test.keeping").adjointNeeds().build(),
            call -> Outputs.of(bank.value(x(call).number())),
            call -> {
              kept.add(dy(call));
              return Gradients.of(bank.value(dy(call).number()));
            });
    Waiting.on(chain(keeping.call(chain(x, 3)), 3).adjoint());

    assertThat(kept).singleElement().satisfies(value -> assertThat(value.number()).isEqualTo(1));
    assertThat(bank.freed()).isEqualTo(4);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void operator_that_delegates_may_keep_what_it_returns() {
    List<LentValue> kept = Collections.synchronizedList(new ArrayList<>());
    BlockingOperator<LentValue> inner = bank.times(2);
    BlockingOperator<LentValue> keeping =
        LambdaOperator.of(
            inner.signature(),
            inner::forward,
            call -> {
              Gradients gradients = inner.adjoint(call);
              kept.add((LentValue) Objects.requireNonNull(gradients.positional()).getFirst());
              return gradients;
            });
    Waiting.on(chain(keeping.call(chain(x, 3)), 3).adjoint());

    assertThat(kept).singleElement().satisfies(value -> assertThat(value.number()).isEqualTo(2));
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void sums_come_back_and_so_do_their_terms() {
    Variable<LentValue> meeting = bank.times(2).call(x);
    Variable<LentValue> sum = meeting;
    for (int i = 0; i < 20; i++) {
      sum = bank.plus().call(sum, bank.times(i).call(meeting));
    }
    Waiting.on(sum.adjoint());

    assertThat(gradient()).isEqualTo(2 * (1 + 190));
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void gradients_stay_when_later_runs_add_to_them() {
    Waiting.on(chain(x, 3).adjoint());
    LentValue first = x.grad();
    Waiting.on(chain(x, 3).adjoint());
    LentValue second = x.grad();
    x.clearGrad();
    Waiting.on(chain(x, 3).adjoint());

    assertThat(first.number()).isEqualTo(1);
    assertThat(second.number()).isEqualTo(2);
    assertThat(gradient()).isEqualTo(1);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void versions_of_a_leaf_that_meet_leave_their_sum() {
    Variable<LentValue> before = chain(x, 2);
    x.set(bank.value(4));
    Waiting.on(bank.plus().call(before, chain(x, 2)).adjoint());

    assertThat(gradient()).isEqualTo(2);
  }

  @Test
  void asked_gradients_of_leaves_and_intermediates_belong_to_who_asked() {
    Variable<LentValue> y = chain(x, 3);
    Variable<LentValue> z = bank.times(5).call(chain(y, 3));
    List<LentValue> gradients = Waiting.on(stride.gradients(z, x, y));

    assertThat(gradients).allSatisfy(one -> assertThat(one.number()).isEqualTo(5));
    assertThat(x.grad()).isNull();
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void intermediate_that_nothing_is_passed_on_from_belongs_to_who_asked() {
    Variable<LentValue> y = chain(x, 3);
    List<LentValue> gradients =
        Waiting.on(stride.gradients(bank.plus().call(chain(y, 2), chain(y, 1)), y));

    assertThat(gradients.getFirst().number()).isEqualTo(2);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void several_roots_share_one_run() {
    Variable<LentValue> y = chain(x, 2);
    Waiting.on(
        stride.adjoint(
            List.of(
                new Seeded<>(bank.times(2).call(y), null),
                new Seeded<>(bank.times(3).call(y), bank.value(10))),
            AdjointOptions.defaults()));

    assertThat(gradient()).isEqualTo(32);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void preconditioner_stays_with_its_gradient_although_it_is_the_same_value() {
    BlockingOperator<LentValue> weighing =
        bank.operator(
            unary("lent.weighing").adjointNeeds().build(),
            call -> Outputs.of(bank.value(x(call).number())),
            call -> {
              LentValue own = bank.value(dy(call).number());
              return Gradients.of(own).preconditioner("x", own);
            });
    Waiting.on(bank.plus().call(weighing.call(weighing.call(x)), weighing.call(x)).adjoint());

    assertThat(gradient()).isEqualTo(2);
    assertThat(Objects.requireNonNull(x.preconditioner()).number()).isEqualTo(2);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void run_that_fails_gives_everything_back_and_can_be_retried() {
    boolean[] broken = {true};
    BlockingOperator<LentValue> failing =
        bank.operator(
            unary("lent.failing").adjointNeeds().build(),
            call -> Outputs.of(bank.value(x(call).number())),
            call -> {
              if (broken[0]) {
                throw new IllegalStateException("broken");
              }
              return Gradients.of(bank.value(dy(call).number()));
            });
    Variable<LentValue> y = bank.plus().call(chain(x, 2), chain(failing.call(x), 2));
    Waiting.failureOf(() -> y.adjoint(RETAIN));

    assertThat(bank.left()).isEmpty();
    assertThat(x.grad()).isNull();
    broken[0] = false;
    Waiting.on(y.adjoint());
    assertThat(gradient()).isEqualTo(2);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void gradients_that_the_device_could_not_compute_come_back() {
    bank.arriveWith(CompletableFuture.failedFuture(new IllegalStateException("broken")));
    Waiting.failureOf(() -> bank.plus().call(chain(x, 2), chain(x, 3)).adjoint());

    assertThat(x.grad()).isNull();
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void gradient_that_does_not_fit_its_leaf_any_more_comes_back() {
    Waiting.on(chain(x, 2).adjoint());
    LentValue first = x.grad();
    bank.arriveWith(CompletableFuture.failedFuture(new IllegalStateException("broken")));
    Waiting.failureOf(() -> chain(x, 2).adjoint());

    assertThat(first.number()).isEqualTo(1);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void accumulated_gradients_of_many_items_leave_their_sum() {
    Waiting.on(stride.accumulate(List.of(1, 2, 3, 4), 2, item -> bank.times(item).call(x)));
    LentValue first = x.grad();
    Waiting.on(stride.accumulate(List.of(1, 2, 3, 4), 2, item -> chain(x, item)));

    assertThat(first.number()).isEqualTo(10);
    assertThat(gradient()).isEqualTo(14);
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void accumulate_that_fails_gives_everything_back() {
    Waiting.failureOf(() ->
        stride.accumulate(
            List.of(1, 2, 3),
            1,
            item -> {
              if (item == 3) {
                throw new IllegalStateException("broken");
              }
              return chain(x, item);
            }));

    assertThat(x.grad()).isNull();
    assertThat(bank.left()).isEmpty();
  }

  @Test
  void recorded_gradients_are_values_of_calls_and_stay() {
    Variable<LentValue> y = new Product(bank).call(x, chain(x, 0));
    Variable<LentValue> slope = stride.recordedGradients(y, x).getFirst();
    Waiting.on(slope.adjoint());

    assertThat(slope.get().number()).isEqualTo(6);
    assertThat(gradient()).isEqualTo(2);
    assertThat(bank.left()).isEmpty();
  }

  /** {@code y = a b}, whose gradients can be recorded. */
  private record Product(LendingSpace bank)
      implements BlockingOperator<LentValue>, DifferentiableOperator<LentValue> {

    @Override
    public Signature signature() {
      return Signature.named("test.product")
          .input("a", LentValue.class)
          .input("b", LentValue.class)
          .output("y", LentValue.class)
          .build();
    }

    private LentValue times(LentValue a, LentValue b) {
      return bank.value(a.number() * b.number());
    }

    private static LentValue at(OperatorCall call, String port) {
      return call.value(port, LentValue.class);
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(times(at(call, "a"), at(call, "b")));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(times(dy(call), at(call, "b")), times(dy(call), at(call, "a")));
    }

    @Override
    public List<@Nullable Object> adjointOnVariables(VariableCall call) {
      Variable<LentValue> cotangent = call.cotangent("y", LentValue.class);
      return List.of(
          call(cotangent, call.input("b", LentValue.class)),
          call(cotangent, call.input("a", LentValue.class)));
    }
  }

  @Test
  void run_that_is_cancelled_anywhere_in_any_order_gives_everything_back() {
    assertThat(orders((engine, leaf) -> diamonds(leaf).adjoint())).isGreaterThan(100);
  }

  @Test
  void asked_gradients_that_are_cancelled_anywhere_in_any_order_give_everything_back() {
    assertThat(
            orders((engine, leaf) -> {
              Variable<LentValue> y = bank.times(2).heavy().call(leaf);
              return engine.gradients(diamonds(y), y);
            }))
        .isGreaterThan(100);
  }

  private Variable<LentValue> diamonds(Variable<LentValue> from) {
    return bank.plus().call(bank.plus().call(diamond(from), diamond(from)), diamond(from));
  }

  private Variable<LentValue> diamond(Variable<LentValue> from) {
    Variable<LentValue> left = bank.times(3).heavy().call(from);
    Variable<LentValue> right = bank.times(4).heavy().call(from);
    return bank.times(2).heavy().call(bank.plus().call(left, right));
  }

  /** Runs in every order, cancelled everywhere; how many there are. */
  private int orders(BiFunction<Stride, Variable<LentValue>, Run<?>> start) {
    ManualExecutor executor = new ManualExecutor();
    return EveryOrder.of(order -> {
      try (Stride engine = Engines.builder().pack(bank).executor(executor).build()) {
        Variable<LentValue> leaf = engine.parameter("leaf", bank.value(1));
        Run<?> run = start.apply(engine, leaf);
        boolean asked = false;
        while (executor.pending() > 0 || !asked) {
          int tasks = executor.pending();
          int next = order.choose(tasks + (asked ? 0 : 1));
          if (next < tasks) {
            executor.run(next);
          } else {
            asked = true;
            run.cancel();
          }
        }
        assertThat(run.isDone()).isTrue();
        LentValue gradient = leaf.grad();
        assertThat(gradient == null ? 42 : gradient.number()).isEqualTo(42);
      }
      assertThat(bank.wrong()).isEmpty();
      assertThat(bank.left()).isEmpty();
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void many_threads_give_everything_back(long seed) {
    try (RandomSchedule schedule = new RandomSchedule(4, seed);
        Stride engine = Engines.builder().pack(bank).executor(schedule).build()) {
      Variable<LentValue> leaf = engine.parameter("leaf", bank.value(1));
      Variable<LentValue> y = leaf;
      for (int i = 0; i < 20; i++) {
        y = bank.times(1.0 / 42).heavy().call(diamonds(y));
      }
      Waiting.on(y.adjoint());

      assertThat(leaf.grad().number()).isCloseTo(1, within(1e-9));
      assertThat(bank.left()).isEmpty();
    }
  }
}
