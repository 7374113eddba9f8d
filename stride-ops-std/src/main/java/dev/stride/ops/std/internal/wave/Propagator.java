package dev.stride.ops.std.internal.wave;

import dev.stride.api.CancellationToken;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Marches one shot in time: forward, adjoint and tangent of the discrete acoustic wave equation.
 *
 * <p>Levels {@code p[0] = 0, p[1], ...} follow {@code p[n+1] = a p[n] - b p[n-1] + c G[n]} with
 * {@code G[n] = L p[n] + source[n]}, see {@link Medium}. Trace sample {@code n} is {@code p[n]} at
 * the receivers, so the last sample of a wavelet reaches no trace. Derived in
 * docs/math/acoustic-wave.md.
 *
 * <p>Results are bitwise the same for any number of threads. An instance serves one model and any
 * number of concurrent calls.
 *
 * @param <A> array type of the fields
 */
public final class Propagator<A> {

  private static final int STEPS_BETWEEN_CHECKS = 16;
  private static final int STEPS_A_BATCH = 64;

  private final WaveProblem problem;
  private final Precision<A> precision;
  private final Stepper<A> stepper;
  private final FieldLayout layout;
  private final Points<A> sources;
  private final Points<A> receivers;
  private final double nodesPerVolume;

  Propagator(WaveProblem problem, Precision<A> precision, KernelProvider provider) {
    this.problem = problem;
    this.precision = precision;
    this.stepper = new Stepper<>(problem, precision, provider);
    this.layout = stepper.layout();
    this.sources = new Points<>("sources", problem.sources(), layout, precision);
    this.receivers = new Points<>("receivers", problem.receivers(), layout, precision);
    WaveGrid grid = problem.grid();
    this.nodesPerVolume = Math.pow(grid.spacing(), -grid.dimensions());
  }

  /** Makes the propagator for the type of the velocity. */
  public static Propagator<?> of(WaveProblem problem, KernelProvider provider) {
    return switch (problem.velocity().dataType()) {
      case FLOAT32 -> new Propagator<>(problem, Precision.SINGLE, provider);
      case FLOAT64 -> new Propagator<>(problem, Precision.DOUBLE, provider);
    };
  }

  /** Bytes that it keeps alive. */
  long bytes() {
    return stepper.bytes();
  }

  /** Room in a pool for what a {@link #forward} of so many samples keeps for the adjoint. */
  public History<A> history(int samples, ArrayPool pool) {
    return new History<>(precision, pool, Math.max(0, samples - 1), layout.compactSize());
  }

  /**
   * Computes traces {@code [receiver, time]}.
   *
   * @param wavelets {@code [source, time]}
   * @param history filled, if there is one
   */
  public Tensor forward(
      Tensor wavelets, @Nullable History<A> history, Parallel parallel, CancellationToken token) {
    int samples = wavelets.shape().extent(1);
    A traces = precision.allocate(Math.multiplyExact(receivers.count(), samples));
    return parallel.team(team -> {
      Levels<A> levels = new Levels<>(precision, layout);
      for (int n = 0; n < samples - 1; n++) {
        check(token, n);
        if (history == null) {
          stepper.step(team, levels);
        } else {
          stepper.record(team, levels, history.array(n), history.at(n));
          addSources(wavelets, n, history.array(n), history.at(n));
        }
        inject(wavelets, n, levels.other());
        levels.swap();
        read(receivers, levels.current(), traces, n + 1, samples);
      }
      return precision.tensor(Shape.of(receivers.count(), samples), traces);
    });
  }

  /**
   * Applies the transpose of the derivative of {@link #forward}.
   *
   * <p>Marches {@code m = c lambda} backwards, with {@code lambda} the adjoint of the levels: it
   * obeys the same equation as {@code p}, driven by {@code c} times the cotangents at the
   * receivers.
   *
   * @param cotangents of the traces, {@code [receiver, time]}
   * @param history of the forward run; null if the gradient of the velocity is not needed
   */
  public WaveGradients adjoint(
      Tensor cotangents, @Nullable History<A> history, Parallel parallel, CancellationToken token) {
    int samples = cotangents.shape().extent(1);
    A wavelets = precision.allocate(Math.multiplyExact(sources.count(), samples));
    @Nullable TimeSum<A> sums = history == null ? null : new TimeSum<>(precision, layout);
    return parallel.team(team -> {
      Levels<A> levels = new Levels<>(precision, layout);
      for (int n = samples - 2; n >= 0; n--) {
        check(token, n);
        injectCotangents(cotangents, n + 1, levels.current());
        read(sources, levels.current(), wavelets, n, samples);
        if (history == null || sums == null) {
          stepper.step(team, levels);
        } else {
          boolean endsBatch = n % STEPS_A_BATCH == 0;
          stepper.correlate(team, levels, history.array(n), history.at(n), sums, endsBatch);
        }
        levels.swap();
      }
      scale(wavelets, nodesPerVolume);
      Tensor gradient = precision.tensor(Shape.of(sources.count(), samples), wavelets);
      return sums == null
          ? new WaveGradients(null, null, gradient)
          : new WaveGradients(sums.gradient(problem.velocity()), sums.energy(), gradient);
    });
  }

  /**
   * Applies the derivative of {@link #forward} to a direction.
   *
   * @param wavelets {@code [source, time]}
   * @param velocityDirection of the velocity's shape; null for zeros
   * @param waveletDirection of the wavelets' shape; null for zeros
   */
  public Tensor tangent(
      Tensor wavelets,
      @Nullable Tensor velocityDirection,
      @Nullable Tensor waveletDirection,
      Parallel parallel,
      CancellationToken token) {
    int samples = wavelets.shape().extent(1);
    A traces = precision.allocate(Math.multiplyExact(receivers.count(), samples));
    @Nullable A change = velocityDirection == null ? null : changeOfC(velocityDirection);
    A kept = precision.allocate(layout.compactSize());
    return parallel.team(team -> {
      Levels<A> levels = new Levels<>(precision, layout);
      Levels<A> tangents = new Levels<>(precision, layout);
      for (int n = 0; n < samples - 1; n++) {
        check(token, n);
        stepper.step(team, tangents);
        if (waveletDirection != null) {
          inject(waveletDirection, n, tangents.other());
        }
        if (change != null) {
          stepper.record(team, levels, kept, 0);
          addSources(wavelets, n, kept, 0);
          inject(wavelets, n, levels.other());
          stepper.addProduct(team, tangents.other(), change, kept);
          levels.swap();
        }
        tangents.swap();
        read(receivers, tangents.current(), traces, n + 1, samples);
      }
      return precision.tensor(Shape.of(receivers.count(), samples), traces);
    });
  }

  private static void check(CancellationToken token, int step) {
    if (step % STEPS_BETWEEN_CHECKS == 0) {
      token.throwIfCancelled();
    }
  }

  private void inject(Tensor wavelets, int n, A levels) {
    int samples = wavelets.shape().extent(1);
    for (int source = 0; source < sources.count(); source++) {
      double value = wavelets.at(source * samples + n) * nodesPerVolume;
      sources.addTo(levels, source, value, stepper.medium().c());
    }
  }

  private void addSources(Tensor wavelets, int n, A kept, int at) {
    int samples = wavelets.shape().extent(1);
    for (int source = 0; source < sources.count(); source++) {
      double value = wavelets.at(source * samples + n) * nodesPerVolume;
      sources.addToCompact(kept, at, source, value);
    }
  }

  private void injectCotangents(Tensor cotangents, int n, A levels) {
    int samples = cotangents.shape().extent(1);
    for (int receiver = 0; receiver < receivers.count(); receiver++) {
      receivers.addTo(
          levels, receiver, cotangents.at(receiver * samples + n), stepper.medium().c());
    }
  }

  private void read(Points<A> points, A levels, A series, int n, int samples) {
    for (int point = 0; point < points.count(); point++) {
      precision.set(series, point * samples + n, points.read(levels, point));
    }
  }

  private void scale(A array, double factor) {
    int length = precision.length(array);
    for (int i = 0; i < length; i++) {
      precision.set(array, i, factor * precision.get(array, i));
    }
  }

  /** The direction of {@code c}, as a field: {@code dc = 2 c dv / v}. */
  private A changeOfC(Tensor velocityDirection) {
    WaveGrid grid = problem.grid();
    A change = precision.allocate(layout.size());
    int node = 0;
    for (int z = 0; z < grid.planes(); z++) {
      for (int y = 0; y < grid.rows(); y++) {
        for (int x = 0; x < grid.columns(); x++) {
          int index = layout.index(z, y, x);
          double relative = velocityDirection.at(node) / problem.velocity().at(node);
          precision.set(change, index, 2 * precision.get(stepper.medium().c(), index) * relative);
          node++;
        }
      }
    }
    return change;
  }
}
