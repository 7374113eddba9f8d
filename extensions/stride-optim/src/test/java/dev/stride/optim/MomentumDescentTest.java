package dev.stride.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Minimises quadratics whose lowest point is known. */
class MomentumDescentTest {

  private static final Tensor TARGET = Tensor.of(3.0, -1.0, 0.5);
  private static final Tensor WEIGHTS = Tensor.of(1.0, 4.0, 9.0);

  private final AtomicReference<Tensor> value = new AtomicReference<>(Tensor.of(0.0, 0.0, 0.0));
  private final Variable<Tensor> parameter = parameter();

  @SuppressWarnings("unchecked")
  private Variable<Tensor> parameter() {
    Variable<Tensor> variable = mock(Variable.class);
    when(variable.name()).thenReturn("x");
    when(variable.get()).thenAnswer(call -> value.get());
    when(variable.grad()).thenAnswer(call -> gradient(value.get()));
    when(variable.processGrad()).thenAnswer(call -> gradient(value.get()));
    doAnswer(
            call -> {
              value.set(call.getArgument(0));
              return null;
            })
        .when(variable)
        .set(any());
    return variable;
  }

  private static Tensor gradient(Tensor x) {
    return x.minus(TARGET).times(WEIGHTS);
  }

  private static double loss(Tensor x) {
    Tensor off = x.minus(TARGET);
    return 0.5 * off.dot(off.times(WEIGHTS));
  }

  private double lossAfter(MomentumDescent descent, int steps) {
    for (int i = 0; i < steps; i++) {
      descent.step(parameter, loss(value.get()), MomentumDescentTest::loss);
    }
    return loss(value.get());
  }

  @Test
  void step_without_momentum_goes_to_the_lowest_point_along_the_gradient() {
    Tensor gradient = gradient(value.get());
    MomentumDescent.withTrialLength(1)
        .build()
        .step(parameter, loss(value.get()), MomentumDescentTest::loss);
    // Exact line search on a quadratic: the new gradient is orthogonal to the old one.
    double cosine =
        gradient.dot(gradient(value.get())) / gradient.norm() / gradient(value.get()).norm();
    assertThat(cosine).isCloseTo(0, within(1e-12));
  }

  @Test
  void step_reports_losses_and_the_largest_change() {
    Tensor before = value.get();
    var step =
        MomentumDescent.withTrialLength(0.01)
            .build()
            .step(parameter, loss(before), MomentumDescentTest::loss);
    Tensor change = value.get().minus(before);
    assertThat(step.loss()).isEqualTo(loss(before));
    assertThat(step.trialLoss()).isLessThan(step.loss());
    assertThat(step.largestChange())
        .isCloseTo(Math.max(change.max(), -change.min()), within(1e-12))
        .isCloseTo(0.025, within(1e-12));
  }

  @Test
  void momentum_converges_faster_than_none_on_an_uneven_quadratic() {
    double plain = lossAfter(MomentumDescent.withTrialLength(1).build(), 12);
    value.set(Tensor.of(0.0, 0.0, 0.0));
    double heavy = lossAfter(MomentumDescent.withTrialLength(1).momentum(0.5).build(), 12);
    assertThat(heavy).isLessThan(plain);
    assertThat(plain).isLessThan(1e-2 * loss(Tensor.of(0.0, 0.0, 0.0)));
  }

  @Test
  void forget_drops_the_momentum() {
    MomentumDescent used = MomentumDescent.withTrialLength(1).momentum(0.5).build();
    lossAfter(used, 3);
    used.forget();
    Tensor from = value.get();
    double forgotten = lossAfter(used, 1);
    value.set(from);
    double fresh = lossAfter(MomentumDescent.withTrialLength(1).momentum(0.5).build(), 1);
    assertThat(forgotten).isEqualTo(fresh);
  }

  @Test
  void bounds_hold_for_the_trial_and_the_step() {
    var descent = MomentumDescent.withTrialLength(5).bounds(new Bounds(-0.5, 0.25)).build();
    descent.step(
        parameter,
        loss(value.get()),
        trial -> {
          assertThat(trial.min()).isGreaterThanOrEqualTo(-0.5);
          assertThat(trial.max()).isLessThanOrEqualTo(0.25);
          return loss(trial);
        });
    assertThat(value.get().min()).isGreaterThanOrEqualTo(-0.5);
    assertThat(value.get().max()).isLessThanOrEqualTo(0.25);
  }

  @Test
  void step_at_the_lowest_point_changes_nothing() {
    value.set(TARGET);
    var step =
        MomentumDescent.withTrialLength(1).build().step(parameter, 0, MomentumDescentTest::loss);
    assertThat(step.largestChange()).isZero();
    assertThat(value.get()).isSameAs(TARGET);
  }

  @Test
  void step_whose_trial_fails_leaves_the_parameter_and_the_momentum() {
    MomentumDescent descent = MomentumDescent.withTrialLength(1).momentum(0.5).build();
    lossAfter(descent, 2);
    Tensor before = value.get();
    assertThatIllegalStateException()
        .isThrownBy(() ->
            descent.step(
                parameter,
                loss(before),
                trial -> {
                  throw new IllegalStateException("no memory");
                }));
    assertThat(value.get()).isSameAs(before);
    double retried = lossAfter(descent, 1);
    value.set(Tensor.of(0.0, 0.0, 0.0));
    double straight = lossAfter(MomentumDescent.withTrialLength(1).momentum(0.5).build(), 3);
    assertThat(retried).isEqualTo(straight);
  }

  @Test
  @SuppressWarnings("unchecked")
  void step_without_a_gradient_says_so() {
    Variable<Tensor> bare = mock(Variable.class);
    when(bare.name()).thenReturn("velocity");
    assertThatIllegalStateException()
        .isThrownBy(() -> MomentumDescent.withTrialLength(1).build().step(bare, 1, t -> 1))
        .withMessageContaining("'velocity' has no gradient");
  }

  @Test
  void settings_out_of_range_are_rejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> MomentumDescent.withTrialLength(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MomentumDescent.withTrialLength(1).momentum(1))
        .withMessageContaining("below 1");
  }
}
