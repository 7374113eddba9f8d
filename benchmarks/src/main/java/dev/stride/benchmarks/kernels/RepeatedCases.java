package dev.stride.benchmarks.kernels;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Tensors that repeat elements: a loss made of operators that pass them on, forward and adjoint,
 * against the same loss as one operator; what reading one costs against reading a tensor of as many
 * elements, and writing one out against copying an array.
 */
public final class RepeatedCases implements CaseFamily {

  private static final Shape SHAPE = Shape.of(1024, 1024);
  private static final double BYTES = 4.0 * SHAPE.size();

  /** Needs nothing but Java. */
  public RepeatedCases() {}

  /** What is repeated. */
  private enum What {
    NUMBER(1, 1),
    ROW(1, 1024),
    COLUMN(1024, 1);

    private final int rows;
    private final int columns;

    What(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
    }

    private Tensor few() {
      return random(Shape.of(rows, columns), 3);
    }

    private Tensor repeated() {
      return few().broadcastTo(SHAPE);
    }
  }

  private static Tensor random(Shape shape, long seed) {
    return Tensor.random(shape, DataType.FLOAT32, seed);
  }

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return Stream.of(
            Stream.of(1, 2).map(threads -> loss(threads, teams)),
            Stream.of(What.values()).map(what -> read(what, teams)),
            Stream.of(What.values()).map(RepeatedCases::written))
        .flatMap(cases -> cases);
  }

  private static KernelCase loss(int threads, Teams teams) {
    return KernelCase.bytes(
        "repeated_loss_f32_4MiB_t" + threads,
        6 * BYTES,
        () -> {
          Parallel team = teams.of(threads);
          Tensor a = random(SHAPE, 1);
          Tensor b = random(SHAPE, 2);
          return Contest.of(() -> lossOfOperators(a, b, team))
              .against("stride.l2-distance", () -> lossOfOne(a, b, team))
              .comparing(
                  () -> Contest.distance(lossOfOperators(a, b, team), lossOfOne(a, b, team)), 1e-5);
        });
  }

  /** The gradient along a of half the sum of squares of a - b. */
  private static Tensor lossOfOperators(Tensor a, Tensor b, Parallel team) {
    DirectCall difference = DirectCall.of("stride.subtract", a, b).on(team);
    DirectCall square = DirectCall.of("stride.square", difference.recorded()).on(team);
    DirectCall sum = DirectCall.of("stride.sum", square.recorded()).on(team);
    Tensor loss = sum.recorded();
    Tensor seed = Tensor.scalar(0.5, loss.dataType());
    return difference.adjoint(square.adjoint(sum.adjoint(seed)));
  }

  private static Tensor lossOfOne(Tensor a, Tensor b, Parallel team) {
    DirectCall loss = DirectCall.of("stride.l2-distance", a, b).on(team);
    return loss.adjoint(Tensor.scalar(1, loss.recorded().dataType()));
  }

  private static String name(String kind, What what) {
    return "repeated_" + kind + "_" + what.name().toLowerCase(Locale.ROOT) + "_f32_4MiB_t1";
  }

  private static KernelCase read(What what, Teams teams) {
    return KernelCase.bytes(
        name("read", what),
        2 * BYTES,
        () -> {
          Tensor x = random(SHAPE, 1);
          Tensor repeated = what.repeated();
          Tensor all = Tensor.of(SHAPE, what.repeated().storage());
          DirectCall ours = DirectCall.of("stride.multiply", x, repeated).on(teams.of(1));
          DirectCall theirs = DirectCall.of("stride.multiply", x, all).on(teams.of(1));
          return Contest.of(ours::forward)
              .against("all written", theirs::forward)
              .comparing(() -> Contest.distance(ours.forward(), theirs.forward()), 0);
        });
  }

  private static KernelCase written(What what) {
    return KernelCase.bytes(
        name("written", what),
        BYTES,
        () -> {
          Tensor few = what.few();
          float[] all = what.repeated().toFloatArray();
          return Contest.of(() -> few.broadcastTo(SHAPE).storage())
              .against("a copy", () -> Tensor.of(SHAPE, all));
        });
  }
}
