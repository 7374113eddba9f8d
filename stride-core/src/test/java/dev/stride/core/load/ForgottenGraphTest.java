package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.AdjointOptions;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Run;
import dev.stride.api.RunStatistics;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.CountedSaved;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.LambdaOperator;
import dev.stride.core.fixtures.ManualExecutor;
import dev.stride.core.fixtures.Waiting;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * E3, E9. Nothing of a graph that the program has let go can be reached: not from its leaf, which
 * lives on, nor from the engine, its listeners or its runs; however it ended.
 */
class ForgottenGraphTest {

  private static final int LENGTH = 1_000;

  private final ManualExecutor executor = new ManualExecutor();
  private final Stride stride = Engines.manual(executor);
  private final Variable<Double> x = stride.parameter("x", 1.0);
  private final CountedSaved.Log log = new CountedSaved.Log();

  private final BlockingOperator<Double> saving =
      LambdaOperator.of(
          Doubles.unary("test.saving"),
          call -> Outputs.of(Doubles.x(call)).saving(new CountedSaved(0, 8, log)),
          call -> Gradients.of(Doubles.dy(call)));

  @AfterEach
  void close() {
    stride.close();
  }

  /** What happens to a graph before it is let go. */
  private enum Fate {
    NO_RUN((root, executor) -> executor.runAll()),
    RUN((root, executor) -> end(root.adjoint(), executor)),
    RETAINED((root, executor) -> end(root.adjoint(retaining()), executor)),
    RUN_TWICE((root, executor) -> {
      end(root.adjoint(retaining()), executor);
      end(root.adjoint(), executor);
    }),
    CANCELLED((root, executor) -> {
      executor.runAll();
      Run<RunStatistics> run = root.adjoint();
      assertThat(run.cancel()).isTrue();
      executor.runAll();
    }),
    CANCELLED_AND_LEFT_IN_A_QUEUE((root, executor) -> {
      executor.runAll();
      assertThat(root.adjoint().cancel()).isTrue();
      assertThat(executor.pending()).isEqualTo(1);
    }),
    CANCELLED_AND_RETAINED((root, executor) -> {
      executor.runAll();
      Run<RunStatistics> run = root.adjoint(retaining());
      assertThat(run.cancel()).isTrue();
      executor.runAll();
    }),
    LOOKED_AT((root, executor) -> {
      executor.runAll();
      assertThat(root.graph().print()).isNotEmpty();
    });

    private final BiConsumer<Variable<Double>, ManualExecutor> action;

    Fate(BiConsumer<Variable<Double>, ManualExecutor> action) {
      this.action = action;
    }

    private static AdjointOptions retaining() {
      return AdjointOptions.defaults().retaining();
    }

    private static void end(Run<?> run, ManualExecutor executor) {
      executor.runAll();
      assertThat(run.isDone()).isTrue();
    }
  }

  /** Builds a chain, lets it meet its fate, and keeps weak references only. */
  private List<WeakReference<Variable<Double>>> forgotten(Fate fate) {
    List<WeakReference<Variable<Double>>> all = new ArrayList<>();
    Variable<Double> y = x;
    for (int i = 0; i < LENGTH; i++) {
      y = saving.call(y);
      all.add(new WeakReference<>(y));
    }
    fate.action.accept(y, executor);
    return all;
  }

  @ParameterizedTest
  @EnumSource(Fate.class)
  void no_variable_of_a_chain_can_be_reached_and_all_that_it_saved_is_closed(Fate fate) {
    List<WeakReference<Variable<Double>>> all = forgotten(fate);

    Waiting.collectUntil(() -> all.stream().allMatch(reference -> reference.get() == null));
    Waiting.collectUntil(() -> log.open() == 0);
    assertThat(log.made()).isEqualTo(LENGTH);
    assertThat(log.closed()).isEqualTo(LENGTH);
    assertThat(x.get()).isEqualTo(1.0);
  }

  @ParameterizedTest
  @EnumSource(Fate.class)
  void run_that_is_kept_keeps_no_graph(Fate fate) {
    List<Run<RunStatistics>> kept = new ArrayList<>();
    List<WeakReference<Variable<Double>>> all = new ArrayList<>();
    buildAndRun(fate, kept, all);

    Waiting.collectUntil(() -> all.stream().allMatch(reference -> reference.get() == null));
    assertThat(kept.getFirst().statistics().visited()).isPositive();
  }

  private void buildAndRun(
      Fate fate, List<Run<RunStatistics>> kept, List<WeakReference<Variable<Double>>> all) {
    Variable<Double> y = x;
    for (int i = 0; i < LENGTH; i++) {
      y = saving.call(y);
      all.add(new WeakReference<>(y));
    }
    Run<RunStatistics> run = y.adjoint(Fate.retaining());
    Fate.end(run, executor);
    kept.add(run);
    fate.action.accept(y, executor);
  }
}
