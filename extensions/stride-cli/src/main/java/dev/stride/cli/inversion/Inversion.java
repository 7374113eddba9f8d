package dev.stride.cli.inversion;

import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.GradientProcessor;
import dev.stride.api.Run;
import dev.stride.api.RunCancelledException;
import dev.stride.api.RunStatistics;
import dev.stride.api.Shape;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.cli.model.Grid;
import dev.stride.cli.model.SpeedModel;
import dev.stride.optim.MomentumDescent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Full-waveform inversion of traces for the speed of sound.
 *
 * <p>Band by band, from low to high frequencies, each iteration sums the gradients of some shots in
 * a fixed order, processes the sum, and takes one step of {@link MomentumDescent}. It knows the
 * transducers, what they send, and the traces, but nothing of the truth. Results are bitwise the
 * same for any number of threads.
 */
public final class Inversion {

  private final Engine engine;
  private final ObservedData.Scan scan;
  private final Settings settings;
  private final int concurrentShots;
  private final Simulator simulator;
  private final Schedule schedule;
  private final MomentumDescent descent =
      MomentumDescent.withTrialLength(Settings.TRIAL_LENGTH)
          .momentum(Settings.MOMENTUM)
          .bounds(Settings.BOUNDS)
          .build();
  private volatile boolean cancelled;
  private volatile @Nullable Run<?> running;

  /**
   * Prepares an inversion.
   *
   * @param engine computes
   * @param device computes the waves; what it lacks, the processor does
   * @param scan how the data was measured
   * @param concurrentShots shots computed at once, see {@link MemoryPlan}
   */
  public Inversion(
      Engine engine,
      Device device,
      ObservedData.Scan scan,
      Settings settings,
      int concurrentShots) {
    this.engine = engine;
    this.scan = scan;
    this.settings = settings;
    this.concurrentShots = concurrentShots;
    this.simulator =
        new Simulator(engine, device, scan.discretisation(), scan.ring(), scan.burst());
    this.schedule = Schedule.draw(settings, scan.ring().shots());
  }

  /**
   * What one iteration did.
   *
   * @param band number of the band, from 0
   * @param index number of the iteration in the band, from 0
   * @param loss of its shots, before the step
   * @param largestChange of the speed of sound, in m/s
   * @param gradientTime taken by the forward and adjoint runs of its shots
   * @param shots number of its shots
   * @param statistics of the adjoint runs of its shots
   * @param model after the step
   */
  public record Iteration(
      int band,
      int index,
      double loss,
      double largestChange,
      Duration gradientTime,
      int shots,
      RunStatistics statistics,
      SpeedModel model) {}

  /** Shots that the inversion needs the traces of. */
  public List<Integer> shotsNeeded() {
    return schedule.used();
  }

  /**
   * Inverts.
   *
   * @param observed the traces of {@link #shotsNeeded()}
   * @param start where to start, within {@link Settings#BOUNDS}
   * @param finished told after each iteration
   * @throws RunCancelledException after {@link #cancel}
   */
  public void run(ObservedData observed, SpeedModel start, Consumer<Iteration> finished) {
    Grid grid = scan.discretisation().grid();
    Variable<Tensor> velocity = engine.parameter("velocity", Simulator.tensor(start));
    for (int band = 0; band < settings.frequencies().size(); band++) {
      double frequency = settings.frequencies().get(band);
      BandLoss loss = new BandLoss(engine, simulator, observed, frequency);
      GradientProcessor<Tensor> processor =
          Illumination.processor(engine, grid, scan.ring().radius(), frequency);
      for (int index = 0; index < settings.iterations(); index++) {
        finished.accept(iterate(velocity, loss, processor, band, index));
      }
    }
  }

  /** Ends {@link #run} soon; does nothing when it has ended. Safe from any thread. */
  public void cancel() {
    cancelled = true;
    Run<?> run = running;
    if (run != null) {
      run.cancel();
    }
  }

  private Iteration iterate(
      Variable<Tensor> velocity,
      BandLoss bandLoss,
      GradientProcessor<Tensor> processor,
      int band,
      int index) {
    List<Integer> shots = schedule.shots(band, index);
    long begin = System.nanoTime();
    velocity.clearGrad();
    Variable<Tensor> extended = simulator.extended(velocity);
    Variable<Tensor> boundary = extended.asParameter();
    var shotsRun = engine.accumulate(shots, concurrentShots, shot -> bandLoss.of(boundary, shot));
    double loss = sum(join(shotsRun));
    var sharedRun = extended.adjoint(Objects.requireNonNull(boundary.grad(), "gradient"));
    join(sharedRun);
    Duration gradientTime = Duration.ofNanos(System.nanoTime() - begin);
    if (!Double.isFinite(loss)) {
      throw new StrideException(
          "Diverged",
          "the loss of band %d, iteration %d is %s. The model has left the range where waves are computed; start closer to the truth."
              .formatted(band + 1, index + 1, loss));
    }
    Tensor gradient = Objects.requireNonNull(velocity.grad(), "gradient");
    Tensor processed = processor.process(gradient, withoutLayer(boundary.preconditioner()));
    MomentumDescent.Step step =
        descent.step(velocity, processed, loss, trial -> lossAt(trial, bandLoss, shots));
    Grid grid = scan.discretisation().grid();
    SpeedModel model = new SpeedModel(grid, velocity.get().toFloatArray());
    return new Iteration(
        band,
        index,
        loss,
        step.largestChange(),
        gradientTime,
        shots.size(),
        shotsRun.statistics().plus(sharedRun.statistics()),
        model);
  }

  private double lossAt(Tensor trial, BandLoss bandLoss, List<Integer> shots) {
    Variable<Tensor> extended = simulator.extended(engine.variable("trial", trial));
    List<Variable<Tensor>> losses =
        shots.stream().map(shot -> bandLoss.of(extended, shot)).toList();
    checkNotCancelled();
    return sum(losses.stream().map(Variable::get).toList());
  }

  private <R> R join(Run<R> run) {
    running = run;
    if (cancelled) {
      run.cancel();
    }
    R result = run.join();
    running = null;
    checkNotCancelled();
    return result;
  }

  private void checkNotCancelled() {
    if (cancelled) {
      throw new RunCancelledException("the inversion was stopped");
    }
  }

  private static double sum(List<Tensor> losses) {
    return losses.stream().mapToDouble(Tensor::item).sum();
  }

  /** The part of a field with an absorbing layer that belongs to the model. */
  private @Nullable Tensor withoutLayer(@Nullable Tensor extended) {
    if (extended == null) {
      return null;
    }
    int layer = scan.discretisation().layer();
    Grid grid = scan.discretisation().grid();
    int width = grid.nx() + 2 * layer;
    float[] all = extended.toFloatArray();
    float[] inner = new float[grid.size()];
    for (int row = 0; row < grid.ny(); row++) {
      int from = (row + layer) * width + layer;
      System.arraycopy(all, from, inner, grid.index(row, 0), grid.nx());
    }
    return Tensor.adopt(Shape.of(grid.ny(), grid.nx()), inner);
  }
}
