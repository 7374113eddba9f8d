package dev.stride.testkit;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ComplexOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import java.io.Serializable;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Operators whose numbers are right, or nearly, and that are wrong in how they run or what they
 * keep.
 */
final class WronglyRun {

  private WronglyRun() {}

  static Outputs square(ForwardCall call) {
    return Outputs.of(call.tensor("x").map(v -> v * v));
  }

  static Gradients gradient(AdjointCall call) {
    return Gradients.of(call.cotangent().times(call.tensor("x")).times(2));
  }

  /** Takes everything below a fixed size for zero. */
  static Operator<?> threshold() {
    return new Written(
        Written.unary("threshold"),
        WronglyRun::square,
        c ->
            Gradients.of(
                c.cotangent()
                    .zip(c.tensor("x"), (g, v) -> Math.abs(2 * v * g) < 1e-10 ? 0 : 2 * v * g)));
  }

  static Operator<?> masksNan() {
    return new Written(
        Written.unary("masks-nan"),
        c -> Outputs.of(c.tensor("x").map(v -> Double.isNaN(v) ? 0 : v * v)),
        WronglyRun::gradient);
  }

  static Operator<?> masksNanInCotangent() {
    return new Written(
        Written.unary("masks-nan-in-cotangent"),
        WronglyRun::square,
        c ->
            Gradients.of(
                c.cotangent().zip(c.tensor("x"), (g, v) -> Double.isNaN(g) ? 0 : 2 * v * g)));
  }

  /** Adds the second element to each. */
  static Operator<?> tripsOverOneElement() {
    return new Written(
        Written.unary("trips"),
        c -> Outputs.of(c.tensor("x").plus(c.tensor("x").toDoubleArray()[1])),
        c -> {
          double[] g = c.cotangent().toDoubleArray();
          g[1] += c.cotangent().sum();
          return Gradients.of(Tensor.of(c.cotangent().shape(), g).cast(c.cotangent().dataType()));
        });
  }

  /** Adds to the square a number that depends on the size, by a division of integers. */
  static Operator<?> dividesByNothing() {
    return new Written(
        Written.unary("divides-by-nothing"),
        c -> Outputs.of(c.tensor("x").times(c.tensor("x")).plus(1000 / c.tensor("x").size())),
        c -> Gradients.of(c.cotangent().times(c.tensor("x")).times(2)));
  }

  /** For one element it gives twice the right gradient. */
  static Operator<?> wrongForOneElement() {
    return new Written(
        Written.unary("wrong-for-one"),
        WronglyRun::square,
        c ->
            Gradients.of(
                c.cotangent().times(c.tensor("x")).times(c.tensor("x").size() == 1 ? 4 : 2)));
  }

  static Operator<?> swallowsErrors(Shape shape) {
    return new Written(
        Written.unary("swallows"),
        c -> {
          try {
            return square(c);
          } catch (RuntimeException swallowed) {
            return Outputs.of(Tensor.zeros(shape, dev.stride.api.DataType.FLOAT64));
          }
        },
        WronglyRun::gradient);
  }

  static Operator<?> losesTheCause() {
    return new Written(
        Written.unary("loses-cause"),
        WronglyRun::square,
        c -> {
          try {
            return gradient(c);
          } catch (RuntimeException lost) {
            throw new IllegalStateException("the adjoint did not work");
          }
        });
  }

  /** After a failure it gives zeros. */
  static Operator<?> brokenByFailure() {
    AtomicReference<Boolean> broken = new AtomicReference<>(false);
    return new Written(
        Written.unary("broken-by-failure"),
        c -> {
          try {
            return broken.get() ? Outputs.of(c.tensor("x").map(v -> 0)) : square(c);
          } catch (RuntimeException e) {
            broken.set(true);
            throw e;
          }
        },
        WronglyRun::gradient);
  }

  /** An operator of the asynchronous level that starts its forward in some wrong way. */
  private record Started(String name, Starter starter) implements Operator<Object> {

    interface Starter {
      CompletionStage<Outputs> start(ForwardCall call, Executor executor);
    }

    @Override
    public Signature signature() {
      return Written.unary(name);
    }

    @Override
    public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
      return starter.start(call, executor);
    }

    @Override
    public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
      return CompletableFuture.completedFuture(gradient(call));
    }
  }

  static Operator<?> neverCompletes() {
    return new Started("never-completes", (call, executor) -> new CompletableFuture<>());
  }

  static Operator<?> waitsOnTheCallersThread() {
    return new Started(
        "waits",
        (call, executor) -> {
          Outputs outputs = CompletableFuture.supplyAsync(() -> square(call), executor).join();
          return CompletableFuture.completedFuture(outputs);
        });
  }

  static Operator<?> forgetsRefusedWork() {
    return new Started(
        "forgets-refused",
        (call, executor) -> {
          CompletableFuture<Outputs> done = new CompletableFuture<>();
          try {
            executor.execute(() -> done.complete(square(call)));
          } catch (RejectedExecutionException forgotten) {
            return done;
          }
          return done;
        });
  }

  static Operator<?> hangsWhenCancelled() {
    return new Started(
        "hangs-when-cancelled",
        (call, executor) ->
            call.cancellation().isCancelled()
                ? new CompletableFuture<>()
                : CompletableFuture.completedFuture(square(call)));
  }

  /** Waits for two tasks at once, which one thread never runs. */
  static Operator<?> needsTwoThreads() {
    return new Started(
        "needs-two-threads",
        (call, executor) ->
            CompletableFuture.supplyAsync(
                () -> CompletableFuture.supplyAsync(() -> square(call), executor).join(),
                executor));
  }

  static Operator<?> keepsInputs() {
    Queue<Tensor> kept = new ConcurrentLinkedQueue<>();
    return new Written(
        Written.unary("keeps-inputs"),
        c -> {
          kept.add(c.tensor("x"));
          return square(c);
        },
        WronglyRun::gradient);
  }

  /** Starts a thread a call that ends when the latch says so. */
  static Operator<?> leavesThreads(CountDownLatch end) {
    return new Written(
        Written.unary("leaves-threads"),
        c -> {
          Thread.ofPlatform().daemon().start(() -> await(end));
          return square(c);
        },
        WronglyRun::gradient);
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Understated(double[] work, Tensor x) implements Saved {
    @Override
    public long bytes() {
      return 8;
    }
  }

  static Operator<?> understatesSavedBytes() {
    return new Written(
        Written.unary("understates"),
        c -> square(c).saving(new Understated(new double[10_000], c.tensor("x"))),
        WronglyRun::gradient);
  }

  /** A resource that is taken in forward and never given back. */
  static Operator<?> leaksResource(AtomicLong live) {
    return new Written(
        Written.unary("leaks"),
        c -> {
          live.incrementAndGet();
          return square(c);
        },
        WronglyRun::gradient);
  }

  static Operator<?> keepsTheArrayOfItsOutput() {
    AtomicReference<double[]> last = new AtomicReference<>(new double[0]);
    return new Written(
        Written.unary("keeps-array"),
        c -> {
          double[] y = c.tensor("x").map(v -> v * v).toDoubleArray();
          last.set(y);
          return Outputs.of(Tensor.adopt(c.tensor("x").shape(), y).cast(c.tensor("x").dataType()));
        },
        WronglyRun::gradient);
  }

  static Operator<?> withoutNamespace() {
    return new Written(
        Signature.named("square").input("x").output("y").build(),
        WronglyRun::square,
        WronglyRun::gradient);
  }

  /** Counts its calls for all engines together. */
  static final class Counting implements BlockingOperator<Object> {

    private static volatile int calls;

    @Override
    public Signature signature() {
      return Written.unary("counting");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      calls = calls + 1;
      return square(call);
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return gradient(call);
    }
  }

  /** Forgets its factor when it is written and read. */
  static final class Forgetful implements BlockingOperator<Object>, Serializable {

    private static final long serialVersionUID = 1;

    private final transient double factor;

    Forgetful(double factor) {
      this.factor = factor;
    }

    @Override
    public Signature signature() {
      return Written.unary("forgetful");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").times(factor));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(factor));
    }
  }

  /**
   * The square in complex numbers; for other factors than 2, an adjoint that differences may take
   * for right.
   */
  record ComplexSquare(double factor) implements BlockingOperator<Object>, ComplexOperator<Object> {

    @Override
    public Signature signature() {
      return Written.unary("complex");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return square(call);
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(call.tensor("x")).times(factor));
    }

    @Override
    public Outputs imaginary(TangentCall call) {
      return Outputs.of(call.tensor("x").times(call.direction("x")).times(2));
    }
  }

  /** The absolute value; its slope where it has none is given. */
  static Operator<?> absolute(double slopeAtZero) {
    return new Written(
        Written.unary("absolute"),
        c -> Outputs.of(c.tensor("x").map(Math::abs)),
        c ->
            Gradients.of(
                c.cotangent()
                    .zip(c.tensor("x"), (g, v) -> g * (v == 0 ? slopeAtZero : Math.signum(v)))));
  }

  static Operator<?> wrongSideOfTheKink() {
    return new Written(
        Written.unary("wrong-side"),
        c -> Outputs.of(c.tensor("x").map(v -> Math.max(v, 0))),
        c -> Gradients.of(c.cotangent().zip(c.tensor("x"), (g, v) -> v < 0 ? g : 0 * v)));
  }

  static Operator<?> swappedCotangents() {
    return new Written(
        Signature.named("test.swapped-cotangents").input("x").output("sin").output("cos").build(),
        c -> Outputs.of(c.tensor("x").map(Math::sin), c.tensor("x").map(Math::cos)),
        c -> {
          Tensor x = c.tensor("x");
          Tensor first = c.cotangent("cos").times(x.map(Math::cos));
          return Gradients.of(first.minus(c.cotangent("sin").times(x.map(Math::sin))));
        });
  }

  /** Noise that a cotangent of equal numbers does not show. */
  static Operator<?> hiddenNoise() {
    AtomicLong calls = new AtomicLong();
    return new Written(
        Written.unary("hidden-noise"),
        WronglyRun::square,
        c -> {
          double mean = c.cotangent().sum() / c.cotangent().size();
          double noise = 1e-15 * (calls.getAndIncrement() % 5);
          return Gradients.of(
              c.cotangent()
                  .zip(c.tensor("x"), (g, v) -> 2 * v * (mean + (g - mean) * (1 + noise))));
        });
  }
}
