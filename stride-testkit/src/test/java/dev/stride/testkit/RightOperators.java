package dev.stride.testkit;

import dev.stride.api.AdjointCall;
import dev.stride.api.Arguments;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Saved;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.VariableBundle;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.fakes.CountedValue;
import dev.stride.testkit.fakes.FakeDevice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Right operators that are awkward to check; the kit must accept every one. */
final class RightOperators {

  private static final Tensor X = Tensor.random(Shape.of(3, 4), DataType.FLOAT64, 1);
  private static final Tensor Y = Tensor.random(Shape.of(3, 4), DataType.FLOAT64, 2);

  private RightOperators() {}

  /**
   * A right operator.
   *
   * @param name what is awkward
   * @param operator makes it
   * @param samples where to check it
   * @param settings how to check it
   */
  record Right(
      String name,
      Supplier<Operator<?>> operator,
      List<Sample> samples,
      UnaryOperator<GradientChecker> settings) {

    Report report(long seed) {
      return settings.apply(GradientChecker.of(operator.get()).at(samples).seed(seed)).run();
    }
  }

  static List<Right> all() {
    return List.of(
        right("linear", RightOperators::linear, Sample.of(X)),
        right("linear at zero", RightOperators::linear, Sample.of(X.times(0))),
        right("identity that returns its input", RightOperators::identity, Sample.of(X)),
        right(
            "scalar output of constant shape",
            RightOperators::mean,
            Sample.of(X),
            Sample.of(Tensor.random(1)),
            Sample.of(Tensor.scalar(0.5))),
        right("several outputs", RightOperators::sineAndCosine, Sample.of(X)),
        right("twelve outputs", RightOperators::twelve, Sample.of(Tensor.random(12))),
        right(
            "variadic input and output",
            ScaleAll::new,
            Sample.of(X, Y, X),
            Sample.of(List.of(X, Y))),
        right("optional input given", RightOperators::optional, Sample.of(X).with("weight", Y)),
        right(
            "optional input left out",
            RightOperators::optional,
            Sample.of(X),
            Sample.of(X).with("weight", Y)),
        right("kinked but sampled away", RightOperators::relu, Sample.of(X)),
        right(
            "kink close to the sample",
            RightOperators::relu,
            Sample.of(Tensor.of(-1.0, 1e-3, 2, -1e-3))),
        right(
            "one element on the kink",
            RightOperators::relu,
            Sample.of(Tensor.of(-1.0, 0.0, 2, -3))),
        right(
            "ill-scaled inputs",
            RightOperators::product,
            Sample.of(X.times(1e-12), Y.times(1e12)).described("1e-12 and 1e12")),
        right(
            "elements of many sizes",
            RightOperators::logarithm,
            Sample.of(Tensor.of(1e-6, 1e-3, 1, 1e3, 1e6))),
        right(
            "fast oscillation with a declared scale",
            RightOperators::oscillation,
            Sample.of(X).scaled(1e-3)),
        right("in place inside", RightOperators::inPlace, Sample.of(X)),
        right("asynchronous", Asynchronous::new, Sample.of(X)),
        right("auxiliary whole number", RightOperators::power, Sample.of(X, 3)),
        right("number for a tensor port", RightOperators::scaledByTensor, Sample.of(X, 2.5)),
        right("values of class Double", RightOperators::doubles, Sample.of(0.7, -1.3)),
        right(
            "map of tensors",
            RightOperators::model,
            Sample.of(Arguments.of(Map.of("velocity", X, "density", Y)))),
        right("bundle of tensors", RightOperators::model, Sample.of(new Medium(X, Y))),
        right("tangent", Cube::new, Sample.of(X)),
        right(
            "reduces in a fixed order of chunks",
            RightOperators::chunked,
            Sample.of(Tensor.random(64))),
        right(
            "refuses points outside of its domain",
            RightOperators::guardedRoot,
            Sample.of(Tensor.of(0.05, 1.0, 4.0))),
        right(
            "empty tensor beside a full one",
            RightOperators::linear,
            Sample.of(X),
            Sample.of(Tensor.random(0))),
        right("saves and closes", RightOperators::closing, Sample.of(X)),
        right("complex numbers", () -> new WronglyRun.ComplexSquare(2), Sample.of(X)),
        right(
            "declared kink",
            () -> WronglyRun.absolute(0.5),
            Sample.of(Tensor.of(-1.0, 0.0, 2.0)).atKink(),
            Sample.of(X)),
        right("random numbers of a given seed", RightOperators::dropout, Sample.of(X, 7)),
        right("index tensor beside numbers", RightOperators::gather, Sample.of(X, 2, 5)),
        right("constant part", RightOperators::affine, Sample.of(X)),
        right("saved state that says its size", RightOperators::sized, Sample.of(X)),
        right("serialisable with its saved state", Root::new, Sample.of(X.map(Math::abs).plus(1))),
        new Right(
            "bound to a device",
            RightOperators::deviceBound,
            List.of(Sample.of(X)),
            checker -> checker.placed(new FakeDevice()::upload)),
        new Right(
            "agrees with another implementation",
            RightOperators::product,
            List.of(Sample.of(X, Y)),
            checker ->
                checker
                    .alternative("the same in another order", reversedProduct(), 0)
                    .alternative("with rounding", roundedProduct(), 1e-6)),
        new Right(
            "values of a class of its own",
            RightOperators::counted,
            List.of(Sample.of(CountedValue.of(1.5)).described("1.5")),
            checker -> checker.coordinates(CountedValue.coordinates())),
        new Right(
            "gives back what it takes",
            RightOperators::linear,
            List.of(Sample.of(X)),
            checker -> checker.resource("nothing", () -> 0).adjointAtMost(1e6)));
  }

  /** Drops elements at random, by a seed that is an argument. */
  private static Operator<?> dropout() {
    return new Written(
        Signature.named("test.dropout")
            .input("x")
            .auxiliary("seed", Integer.class)
            .output("y")
            .linearIn("x")
            .adjointNeeds("seed")
            .build(),
        c -> Outputs.of(c.tensor("x").times(mask(c.tensor("x"), c.integer("seed")))),
        c -> Gradients.of(c.cotangent().times(mask(c.cotangent(), c.integer("seed")))));
  }

  private static Tensor mask(Tensor like, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] mask = random.doubles(like.size()).map(v -> v < 0.3 ? 0 : 1 / 0.7).toArray();
    return Tensor.of(like.shape(), mask).cast(like.dataType());
  }

  /** Two elements of many, by whole numbers that have no gradient. */
  private static Operator<?> gather() {
    return new Written(
        Signature.named("test.gather")
            .input("x")
            .auxiliary("first", Integer.class)
            .auxiliary("second", Integer.class)
            .output("y")
            .linearIn("x")
            .build(),
        c -> {
          Tensor x = c.tensor("x");
          if (x.size() <= Math.max(c.integer("first"), c.integer("second"))) {
            throw new IllegalArgumentException("test.gather: `x` has " + x.size() + " elements");
          }
          double[] y = {x.at(c.integer("first")), x.at(c.integer("second"))};
          return Outputs.of(Tensor.of(y).cast(x.dataType()));
        },
        c -> {
          double[] g = new double[c.tensor("x").size()];
          g[c.integer("first")] += c.cotangent().at(0);
          g[c.integer("second")] += c.cotangent().at(1);
          return Gradients.of(Tensor.of(c.tensor("x").shape(), g).cast(c.tensor("x").dataType()));
        });
  }

  private static Operator<?> affine() {
    return new Written(
        Written.unary("affine"),
        c -> Outputs.of(c.tensor("x").times(2).plus(1e3)),
        c -> Gradients.of(c.cotangent().times(2)));
  }

  private record Squares(double[] values) implements Saved {
    @Override
    public long bytes() {
      return 8L * values.length;
    }
  }

  private static Operator<?> sized() {
    return new Written(
        Signature.named("test.sized").input("x").output("y").adjointNeeds().build(),
        c -> {
          Tensor x = c.tensor("x");
          return Outputs.of(x.map(v -> v * v * v))
              .saving(new Squares(x.map(v -> 3 * v * v).toDoubleArray()));
        },
        c -> {
          double[] slopes = c.saved(Squares.class).values();
          double[] g = c.cotangent().toDoubleArray();
          Arrays.setAll(g, i -> g[i] * slopes[i]);
          return Gradients.of(Tensor.of(c.cotangent().shape(), g).cast(c.cotangent().dataType()));
        });
  }

  /** The square root, which can be sent elsewhere, and what it saves too. */
  private static final class Root implements BlockingOperator<Object>, Serializable {

    private static final long serialVersionUID = 1;

    private record Slopes(double[] values) implements Serializable {}

    @Override
    public Signature signature() {
      return Signature.named("test.serialisable-root")
          .input("x")
          .output("y")
          .adjointNeeds()
          .build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      Tensor x = call.tensor("x");
      return Outputs.of(x.map(Math::sqrt))
          .saving(new Slopes(x.map(v -> 0.5 / Math.sqrt(v)).toDoubleArray()));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      double[] slopes = call.saved(Slopes.class).values();
      double[] g = call.cotangent().toDoubleArray();
      Arrays.setAll(g, i -> g[i] * slopes[i]);
      return Gradients.of(Tensor.of(call.cotangent().shape(), g).cast(call.cotangent().dataType()));
    }
  }

  /** Refuses tensors that are not on the fake device. */
  private static Operator<?> deviceBound() {
    return new Written(
        Written.unary("device-bound"),
        c -> Outputs.of(here(c.tensor("x")).map(v -> v * v)),
        c -> Gradients.of(here(c.cotangent()).times(here(c.tensor("x"))).times(2)));
  }

  private static Tensor here(Tensor tensor) {
    if (!tensor.device().equals(FakeDevice.DEVICE)) {
      throw new IllegalArgumentException("test.device-bound: expected a tensor on fake:0");
    }
    return tensor.toHeap();
  }

  private static Operator<?> reversedProduct() {
    return new Written(
        Written.binary("product"),
        c -> Outputs.of(c.tensor("b").times(c.tensor("a"))),
        c -> Gradients.of(c.tensor("b").times(c.cotangent()), c.tensor("a").times(c.cotangent())));
  }

  private static Operator<?> roundedProduct() {
    return new Written(
        Written.binary("product"),
        c -> Outputs.of(c.tensor("b").times(c.tensor("a")).times(1 + 1e-8)),
        c -> Gradients.of(c.tensor("b").times(c.cotangent()), c.tensor("a").times(c.cotangent())));
  }

  private static Operator<?> counted() {
    return new Written(
        Signature.named("test.counted")
            .input("x", CountedValue.class)
            .output("y", CountedValue.class)
            .build(),
        c -> {
          CountedValue x = c.value("x", CountedValue.class);
          return Outputs.of(x.with(x.number() * x.number()));
        },
        c -> {
          CountedValue x = c.value("x", CountedValue.class);
          return Gradients.of(
              x.with(2 * x.number() * c.cotangent("y", CountedValue.class).number()));
        });
  }

  private static Right right(String name, Supplier<Operator<?>> operator, Sample... samples) {
    return new Right(name, operator, List.of(samples), checker -> checker);
  }

  private static Tensor sum(Tensor like, double value) {
    return Tensor.scalar(value, like.dataType());
  }

  private static Operator<?> linear() {
    return new Written(
        Signature.named("test.triple").input("x").output("y").linearIn("x").adjointNeeds().build(),
        c -> Outputs.of(c.tensor("x").times(3)),
        c -> Gradients.of(c.cotangent().times(3)));
  }

  private static Operator<?> identity() {
    return new Written(
        Signature.named("test.identity").input("x").output("y").linearIn("x").build(),
        c -> Outputs.of(c.tensor("x")),
        c -> Gradients.of(c.cotangent()));
  }

  private static Operator<?> mean() {
    return new Written(
        Written.unary("mean"),
        c -> Outputs.of(sum(c.tensor("x"), c.tensor("x").sum() / c.tensor("x").size())),
        c -> {
          double g = c.cotangent().item() / c.tensor("x").size();
          return Gradients.of(c.tensor("x").map(v -> g));
        });
  }

  private static Operator<?> sineAndCosine() {
    return new Written(
        Signature.named("test.sincos").input("x").output("sin").output("cos").build(),
        c -> Outputs.of(c.tensor("x").map(Math::sin), c.tensor("x").map(Math::cos)),
        c -> {
          Tensor x = c.tensor("x");
          Tensor sin = c.cotangent("sin").times(x.map(Math::cos));
          return Gradients.of(sin.minus(c.cotangent("cos").times(x.map(Math::sin))));
        });
  }

  private static Operator<?> twelve() {
    Signature.Builder signature = Signature.named("test.twelve").input("x").linearIn("x");
    for (int i = 0; i < 12; i++) {
      signature.output("part" + i);
    }
    return new Written(
        signature.build(),
        c -> {
          Tensor x = c.tensor("x");
          Object[] parts = new Object[12];
          for (int i = 0; i < 12; i++) {
            parts[i] = sum(x, (i + 1) * x.at(i));
          }
          return Outputs.of(parts);
        },
        c -> {
          double[] g = new double[12];
          for (int i = 0; i < 12; i++) {
            g[i] = (i + 1) * c.cotangent("part" + i).item();
          }
          return Gradients.of(Tensor.of(g).cast(c.tensor("x").dataType()));
        });
  }

  /** Squares each of any number of tensors and scales it by its place. */
  private static final class ScaleAll implements BlockingOperator<Object> {

    @Override
    public Signature signature() {
      return Signature.named("test.scale-all")
          .input(Port.of("inputs").variadic())
          .output(Port.of("parts").variadic())
          .build();
    }

    @Override
    public int outputCount(Arguments arguments) {
      Object inputs = arguments.named().getOrDefault("inputs", arguments.positional());
      return inputs instanceof List<?> list ? list.size() : 1;
    }

    @Override
    public Outputs forward(ForwardCall call) {
      List<Tensor> inputs = call.tensors("inputs");
      List<Tensor> parts = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        double factor = i + 1;
        parts.add(inputs.get(i).map(v -> factor * v * v));
      }
      return Outputs.of(parts);
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      List<Tensor> gradients = new ArrayList<>();
      for (int i = 0; i < call.tensors("inputs").size(); i++) {
        Tensor g = call.cotangents("parts", Tensor.class).get(i);
        gradients.add(g.times(call.tensor("inputs[" + i + "]")).times(2.0 * (i + 1)));
      }
      return Gradients.of(gradients);
    }
  }

  private static Operator<?> optional() {
    return new Written(
        Signature.named("test.weighted")
            .input("x")
            .input(Port.of("weight").optional())
            .output("y")
            .build(),
        c -> {
          Tensor x = c.tensor("x");
          return Outputs.of(c.has("weight") ? x.times(c.tensor("weight")) : x.times(2));
        },
        c -> {
          Tensor g = c.cotangent();
          return c.has("weight")
              ? Gradients.of(g.times(c.tensor("weight")), g.times(c.tensor("x")))
              : Gradients.of(g.times(2), null);
        });
  }

  private static Operator<?> relu() {
    return new Written(
        Written.unary("relu"),
        c -> Outputs.of(c.tensor("x").map(v -> Math.max(v, 0))),
        c -> Gradients.of(c.cotangent().zip(c.tensor("x"), (g, v) -> v > 0 ? g : 0)));
  }

  private static Operator<?> product() {
    return new Written(
        Written.binary("product"),
        c -> Outputs.of(c.tensor("a").times(c.tensor("b"))),
        c ->
            Gradients.of(
                c.needsGrad("a") ? c.cotangent().times(c.tensor("b")) : null,
                c.needsGrad("b") ? c.cotangent().times(c.tensor("a")) : null));
  }

  private static Operator<?> logarithm() {
    return new Written(
        Written.unary("log"),
        c -> Outputs.of(c.tensor("x").map(Math::log)),
        c -> Gradients.of(c.cotangent().div(c.tensor("x"))));
  }

  private static Operator<?> oscillation() {
    return new Written(
        Written.unary("oscillation"),
        c -> Outputs.of(c.tensor("x").map(v -> Math.sin(300 * v))),
        c -> Gradients.of(c.cotangent().zip(c.tensor("x"), (g, v) -> 300 * g * Math.cos(300 * v))));
  }

  private static Operator<?> inPlace() {
    return new Written(
        Written.unary("in-place"),
        c -> {
          double[] work = c.tensor("x").toDoubleArray();
          for (int round = 0; round < 3; round++) {
            for (int i = 0; i < work.length; i++) {
              work[i] = Math.tanh(work[i]);
            }
          }
          return Outputs.of(
              Tensor.adopt(c.tensor("x").shape(), work).cast(c.tensor("x").dataType()));
        },
        c -> {
          double[] g = c.cotangent().toDoubleArray();
          for (int i = 0; i < g.length; i++) {
            double v = c.tensor("x").at(i);
            for (int round = 0; round < 3; round++) {
              v = Math.tanh(v);
              g[i] *= 1 - v * v;
            }
          }
          return Gradients.of(
              Tensor.adopt(c.tensor("x").shape(), g).cast(c.tensor("x").dataType()));
        });
  }

  private static Operator<?> power() {
    return new Written(
        Signature.named("test.power")
            .input("x")
            .auxiliary("exponent", Integer.class)
            .output("y")
            .build(),
        c -> Outputs.of(c.tensor("x").map(v -> Math.pow(v, c.integer("exponent")))),
        c -> {
          int n = c.integer("exponent");
          return Gradients.of(
              c.cotangent().zip(c.tensor("x"), (g, v) -> g * n * Math.pow(v, n - 1)));
        });
  }

  private static Operator<?> scaledByTensor() {
    return new Written(
        Written.binary("scaled"),
        c -> Outputs.of(c.tensor("a").times(c.tensor("b").item())),
        c ->
            Gradients.of(
                c.cotangent().times(c.tensor("b").item()),
                sum(c.tensor("b"), c.cotangent().dot(c.tensor("a")))));
  }

  private static Operator<?> doubles() {
    return new Written(
        Signature.named("test.doubles")
            .input("x", Double.class)
            .input("y", Double.class)
            .output("z", Double.class)
            .build(),
        c -> Outputs.of(Math.exp(c.number("x")) * c.number("y")),
        c -> {
          double g = c.cotangent("z", Double.class) * Math.exp(c.number("x"));
          return Gradients.of(g * c.number("y"), g);
        });
  }

  /** Two tensors under names, as an application would pass them. */
  private record Medium(Tensor velocity, Tensor density) implements VariableBundle {
    @Override
    public Map<String, ?> entries() {
      Map<String, Tensor> entries = new LinkedHashMap<>();
      entries.put("velocity", velocity);
      entries.put("density", density);
      return entries;
    }

    @Override
    public String toString() {
      return "medium";
    }
  }

  private static Operator<?> model() {
    return new Written(
        Signature.named("test.impedance").input("model", Object.class).output("z").build(),
        c -> Outputs.of(c.tensor("model.velocity").times(c.tensor("model.density"))),
        c ->
            Gradients.builder()
                .put("model.velocity", c.cotangent().times(c.tensor("model.density")))
                .put("model.density", c.cotangent().times(c.tensor("model.velocity")))
                .build());
  }

  private static Operator<?> chunked() {
    return new Written(
        Written.unary("chunked"),
        c -> {
          Tensor x = c.tensor("x");
          double[] sums = new double[8];
          c.parallel()
              .run(
                  8,
                  chunk -> {
                    for (int i = chunk; i < x.size(); i += 8) {
                      sums[chunk] += Math.sin(x.at(i));
                    }
                  });
          return Outputs.of(sum(x, Arrays.stream(sums).sum()));
        },
        c -> {
          double g = c.cotangent().item();
          return Gradients.of(c.tensor("x").map(v -> g * Math.cos(v)));
        });
  }

  private static Operator<?> guardedRoot() {
    return new Written(
        Written.unary("root"),
        c -> {
          if (c.tensor("x").min() < 0) {
            throw new IllegalArgumentException("test.root: `x` must not be negative");
          }
          return Outputs.of(c.tensor("x").map(Math::sqrt));
        },
        c -> Gradients.of(c.cotangent().zip(c.tensor("x"), (g, v) -> g / (2 * Math.sqrt(v)))));
  }

  /** Saved state that refuses to be used after it was closed. */
  private static final class Closing implements AutoCloseable {
    private final Tensor value;
    private boolean closed;

    Closing(Tensor value) {
      this.value = value;
    }

    Tensor value() {
      if (closed) {
        throw new IllegalStateException("used after it was closed");
      }
      return value;
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed twice");
      }
      closed = true;
    }
  }

  private static Operator<?> closing() {
    return new Written(
        Signature.named("test.exp").input("x").output("y").adjointNeeds().build(),
        c -> {
          Tensor y = c.tensor("x").map(Math::exp);
          return Outputs.of(y).saving(new Closing(y));
        },
        c -> Gradients.of(c.cotangent().times(c.saved(Closing.class).value())));
  }

  /** Completes on a thread of its own, as a device or a remote service would. */
  private static final class Asynchronous implements Operator<Tensor> {

    @Override
    public Signature signature() {
      return Written.unary("asynchronous");
    }

    @Override
    public CompletionStage<Outputs> forward(ForwardCall call, Executor executor) {
      CompletableFuture<Outputs> done = new CompletableFuture<>();
      Tensor x = call.tensor("x");
      Thread.startVirtualThread(() -> done.complete(Outputs.of(x.map(v -> v * v))));
      return done.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Gradients> adjoint(AdjointCall call, Executor executor) {
      return CompletableFuture.completedFuture(call.cotangent().times(call.tensor("x")))
          .thenApplyAsync(g -> Gradients.of(g.times(2)), executor);
    }
  }

  /** The cube, with its tangent. */
  private static final class Cube implements BlockingOperator<Tensor>, TangentOperator<Tensor> {

    @Override
    public Signature signature() {
      return Written.unary("cube");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").map(v -> v * v * v));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(call.tensor("x").map(v -> 3 * v * v)));
    }

    @Override
    public Outputs tangent(TangentCall call) {
      return Outputs.of(call.direction("x").times(call.tensor("x").map(v -> 3 * v * v)));
    }
  }
}
