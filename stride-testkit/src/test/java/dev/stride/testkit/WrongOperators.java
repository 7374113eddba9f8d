package dev.stride.testkit;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.DataType;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Operator;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.HeapStorage.Floats;
import dev.stride.api.spi.Sample;
import dev.stride.testkit.WronglyRun.ComplexSquare;
import dev.stride.testkit.WronglyRun.Forgetful;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deliberately wrong operators, each with the rule that it breaks. */
final class WrongOperators {

  private static final Tensor X = Tensor.random(Shape.of(3, 4), DataType.FLOAT64, 1);
  private static final Tensor Y = Tensor.random(Shape.of(3, 4), DataType.FLOAT64, 2);
  private static final Sample ONE = Sample.of(X);
  private static final Sample TWO = Sample.of(X, Y);

  private WrongOperators() {}

  /**
   * A wrong operator.
   *
   * @param name what is wrong
   * @param breaks the rule that must be reported
   * @param operator makes it
   * @param sample where to check it
   * @param settings how to check it
   */
  record Wrong(
      String name,
      Rule breaks,
      Supplier<Operator<?>> operator,
      Sample sample,
      UnaryOperator<GradientChecker> settings) {

    Report report() {
      return settings.apply(GradientChecker.of(operator.get()).at(sample)).run();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Wrong> all() {
    return List.of(
        wrong("sign flipped", Rule.DIFFERENCES, ONE, () -> squareWith(c -> gradient(c, -2))),
        wrong("factor 2", Rule.DIFFERENCES, ONE, () -> squareWith(c -> gradient(c, 4))),
        wrong("off by 1e-6", Rule.DIFFERENCES, ONE, () -> squareWith(c -> gradient(c, 2.000002))),
        wrong("gradient missing", Rule.GRADIENT_SHAPES, TWO, WrongOperators::missing),
        wrong("gradient always zero", Rule.DIFFERENCES, ONE, () -> squareWith(c -> gradient(c, 0))),
        wrong("one gradient too many", Rule.GRADIENT_SHAPES, ONE, WrongOperators::tooMany),
        wrong("transposed", Rule.JACOBIAN, Sample.of(Tensor.random(6)), WrongOperators::transposed),
        wrong("state on the instance", Rule.STATELESS, ONE, WrongOperators::stateful),
        wrong("input mutated by forward", Rule.NO_MUTATION, ONE, WrongOperators::mutatesInput),
        wrong("cotangent mutated", Rule.NO_MUTATION, ONE, WrongOperators::mutatesCotangent),
        wrong("output changed by adjoint", Rule.NO_MUTATION, ONE, WrongOperators::mutatesOutput),
        wrong("output buffer reused", Rule.NO_MUTATION, ONE, WrongOperators::reusesBuffer),
        wrong("wrong if an output is unused", Rule.UNUSED_OUTPUTS, ONE, WrongOperators::unused),
        wrong("gradients swapped", Rule.JACOBIAN, TWO, WrongOperators::swapped),
        wrong(
            "right for constant cotangents only",
            Rule.DIFFERENCES,
            ONE,
            WrongOperators::constantOnly),
        wrong("not deterministic", Rule.DETERMINISM, ONE, WrongOperators::nondeterministic),
        wrong(
            "sums in order of arrival",
            Rule.DETERMINISM,
            Sample.of(Tensor.random(64)),
            WrongOperators::arrivalOrder),
        wrong(
            "not linear in the cotangent",
            Rule.COTANGENT_LINEARITY,
            ONE,
            WrongOperators::quadraticInCotangent),
        wrong(
            "cotangent not used",
            Rule.COTANGENT_LINEARITY,
            ONE,
            () -> squareWith(c -> Gradients.of(c.tensor("x").times(2)))),
        wrong(
            "float32 overflows inside",
            Rule.FLOAT32,
            Sample.of(Tensor.random(5).times(1e21)),
            WrongOperators::overflows),
        wrong(
            "float32 loses digits",
            Rule.FLOAT32,
            Sample.of(Tensor.random(Shape.of(40), DataType.FLOAT64, 3).plus(1000)),
            WrongOperators::cancelling),
        wrong(
            "stencil off by one",
            Rule.DOT_TEST,
            Sample.of(Tensor.random(9)),
            WrongOperators::offByOne),
        wrong(
            "one boundary entry wrong in many",
            Rule.DOT_TEST,
            Sample.of(Tensor.random(Shape.of(20_000), DataType.FLOAT64, 4)),
            WrongOperators::boundaryEntry),
        wrong("declared linear but is not", Rule.DECLARATIONS, ONE, WrongOperators::notLinear),
        wrong("declared linear but affine", Rule.DECLARATIONS, ONE, WrongOperators::affine),
        wrong(
            "adjoint asks for more than declared",
            Rule.DECLARATIONS,
            ONE,
            WrongOperators::asksForMore),
        wrong(
            "adjoint of the continuous operator",
            Rule.DOT_TEST,
            Sample.of(Tensor.random(9)),
            WrongOperators::continuous),
        wrong(
            "broadcast sum forgotten",
            Rule.GRADIENT_SHAPES,
            Sample.of(X, 2.0),
            WrongOperators::broadcastShape),
        wrong(
            "broadcast sum along the wrong axis",
            Rule.DIFFERENCES,
            Sample.of(Tensor.random(4, 4), Tensor.random(4)),
            WrongOperators::broadcastAxis),
        wrong(
            "gradient in float64 for a float32 input",
            Rule.GRADIENT_SHAPES,
            ONE,
            WrongOperators::wrongType),
        wrong(
            "needsGrad changes the other gradient",
            Rule.NEEDS_GRAD,
            TWO,
            WrongOperators::needsGradLeak),
        wrong("saved state used up by one adjoint", Rule.SAVED_STATE, ONE, WrongOperators::usedUp),
        wrong("declared input never read", Rule.SIGNATURE, TWO, WrongOperators::unread),
        wrong("output missing", Rule.SIGNATURE, ONE, WrongOperators::outputMissing),
        wrong("number of outputs not said", Rule.SIGNATURE, ONE, WrongOperators::countNotSaid),
        wrong("tangent is not the derivative", Rule.TANGENT, ONE, () -> new WrongTangent(3, 3)),
        wrong("tangent right, adjoint not", Rule.DOT_TEST, ONE, () -> new WrongTangent(2, 3)),
        wrong(
            "NaN in the gradient",
            Rule.GRADIENT_SHAPES,
            Sample.of(Tensor.of(0.0, 1.0, 2.0)),
            WrongOperators::nanGradient),
        wrong("wrong side of the kink", Rule.DIFFERENCES, ONE, WronglyRun::wrongSideOfTheKink),
        wrong(
            "slope outside of the one-sided ones",
            Rule.KINKS,
            Sample.of(Tensor.of(-1.0, 0.0, 2.0)).atKink(),
            () -> WronglyRun.absolute(3)),
        wrong("cotangents swapped", Rule.DIFFERENCES, ONE, WronglyRun::swappedCotangents),
        wrong("off by 1e-10", Rule.COMPLEX_STEP, ONE, () -> new ComplexSquare(2 + 2e-10)),
        wrong("fixed threshold", Rule.SCALE, ONE, WronglyRun::threshold),
        wrong("NaN masked by forward", Rule.NOT_A_NUMBER, ONE, WronglyRun::masksNan),
        wrong("NaN masked by adjoint", Rule.NOT_A_NUMBER, ONE, WronglyRun::masksNanInCotangent),
        wrong(
            "trips over one element", Rule.DEGENERATE_SHAPES, ONE, WronglyRun::tripsOverOneElement),
        wrong("divides by nothing", Rule.DEGENERATE_SHAPES, ONE, WronglyRun::dividesByNothing),
        wrong("wrong for one element", Rule.DEGENERATE_SHAPES, ONE, WronglyRun::wrongForOneElement),
        wrong("noise under equal cotangents", Rule.DETERMINISM, ONE, WronglyRun::hiddenNoise),
        wrong("error swallowed", Rule.ERRORS, ONE, () -> WronglyRun.swallowsErrors(X.shape())),
        wrong("cause of an error lost", Rule.ERRORS, ONE, WronglyRun::losesTheCause),
        wrong("broken by a failure", Rule.ERRORS, ONE, WronglyRun::brokenByFailure),
        hanging("never completes", WronglyRun::neverCompletes),
        hanging("waits on the caller's thread", WronglyRun::waitsOnTheCallersThread),
        hanging("forgets refused work", WronglyRun::forgetsRefusedWork),
        hanging("hangs when cancelled", WronglyRun::hangsWhenCancelled),
        wrong("keeps its inputs", Rule.MEMORY, ONE, WronglyRun::keepsInputs),
        wrong("understates saved bytes", Rule.MEMORY, ONE, WronglyRun::understatesSavedBytes),
        leaking(),
        wrong(
            "keeps the array of its output",
            Rule.ALIASING,
            ONE,
            WronglyRun::keepsTheArrayOfItsOutput),
        wrong("no namespace", Rule.REGISTRATION, ONE, WronglyRun::withoutNamespace),
        wrong("static state", Rule.REGISTRATION, ONE, WronglyRun.Counting::new),
        wrong("forgets itself when read", Rule.SERIALISATION, ONE, () -> new Forgetful(3)),
        wrong("off by a tenth", Rule.TAYLOR, ONE, () -> squareWith(c -> gradient(c, 2.2))),
        wrong("remembers its last call", Rule.GRAPH, ONE, WrongOperators::stateful),
        wrong("state that calls share", Rule.CONCURRENCY, ONE, WrongOperators::stateful),
        wrong(
            "another adjoint on variables",
            Rule.SECOND_ORDER,
            ONE,
            () -> new WronglyDerived.Cube(4)),
        wrong(
            "adjoint on variables forgets a dependence",
            Rule.SECOND_ORDER,
            ONE,
            WronglyDerived.ForgetfulSquare::new),
        wrong(
            "second derivative not symmetric by 1e-7",
            Rule.SECOND_ORDER,
            TWO,
            WronglyDerived.SkewProduct::new),
        wrong(
            "input on which nothing depends at any sample",
            Rule.PROOF,
            Sample.of(X, Y.times(0)),
            WrongOperators::rightProduct),
        wrong("optional input that no sample gives", Rule.PROOF, ONE, WrongOperators::optional),
        new Wrong(
            "other bits with checkpoints",
            Rule.ALTERNATIVES,
            () -> squareWith(c -> gradient(c, 2)),
            ONE,
            checker ->
                checker.alternative(
                    "with checkpoints", squareWith(c -> gradient(c, 2 + 1e-15)), 0)));
  }

  private static Wrong wrong(String name, Rule breaks, Sample sample, Supplier<Operator<?>> make) {
    return new Wrong(name, breaks, make, sample, checker -> checker);
  }

  private static Wrong hanging(String name, Supplier<Operator<?>> make) {
    return new Wrong(
        name, Rule.COMPLETION, make, ONE, checker -> checker.patience(Duration.ofMillis(500)));
  }

  private static Wrong leaking() {
    AtomicLong live = new AtomicLong();
    return new Wrong(
        "buffers of a device not released",
        Rule.MEMORY,
        () -> WronglyRun.leaksResource(live),
        ONE,
        checker -> checker.resource("device buffers", live::get));
  }

  private static Gradients gradient(AdjointCall call, double factor) {
    return Gradients.of(call.cotangent().times(call.tensor("x")).times(factor));
  }

  private static Outputs square(ForwardCall call) {
    return Outputs.of(call.tensor("x").map(v -> v * v));
  }

  private static Operator<?> squareWith(
      java.util.function.Function<AdjointCall, Gradients> adjoint) {
    return new Written(Written.unary("square"), WrongOperators::square, adjoint);
  }

  private static Outputs product(ForwardCall call) {
    return Outputs.of(call.tensor("a").times(call.tensor("b")));
  }

  private static Operator<?> rightProduct() {
    return new Written(
        Written.binary("product"),
        WrongOperators::product,
        c -> Gradients.of(c.cotangent().times(c.tensor("b")), c.cotangent().times(c.tensor("a"))));
  }

  private static Operator<?> optional() {
    return new Written(
        Signature.named("test.optional")
            .input("x")
            .input(Port.of("bias").optional())
            .output("y")
            .build(),
        c -> Outputs.of(c.has("bias") ? c.tensor("x").plus(c.tensor("bias")) : c.tensor("x")),
        c -> Gradients.builder().put("x", c.cotangent()).build());
  }

  private static Operator<?> missing() {
    return new Written(
        Written.binary("missing"),
        WrongOperators::product,
        c -> Gradients.of(c.cotangent().times(c.tensor("b")), null));
  }

  private static Operator<?> tooMany() {
    return squareWith(c -> Gradients.of(c.cotangent(), c.cotangent()));
  }

  private static final double[][] MATRIX = new double[6][6];

  static {
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        MATRIX[i][j] = Math.sin(1 + i * 7 + j * j);
      }
    }
  }

  private static Tensor multiply(Tensor x, boolean transposed) {
    double[] y = new double[6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        y[i] += (transposed ? MATRIX[j][i] : MATRIX[i][j]) * x.at(j);
      }
    }
    return Tensor.of(x.shape(), y).cast(x.dataType());
  }

  private static Operator<?> transposed() {
    return new Written(
        Written.unary("matrix"),
        c -> Outputs.of(multiply(c.tensor("x"), false)),
        c -> Gradients.of(multiply(c.cotangent(), false)));
  }

  private static Operator<?> stateful() {
    AtomicReference<Tensor> last = new AtomicReference<>(Tensor.scalar(0.0));
    return new Written(
        Written.unary("stateful"),
        c -> {
          last.set(c.tensor("x"));
          return square(c);
        },
        c -> Gradients.of(c.cotangent().times(last.get()).times(2)));
  }

  private static void overwrite(Tensor tensor, double value) {
    switch (tensor.storage().toHeap()) {
      case Floats(float[] array) -> array[0] = (float) value;
      case Doubles(double[] array) -> array[0] = value;
    }
  }

  private static Operator<?> mutatesInput() {
    return new Written(
        Written.unary("mutates"),
        c -> {
          Outputs outputs = square(c);
          overwrite(c.tensor("x"), 7);
          return outputs.saving(c.tensor("x"));
        },
        c -> gradient(c, 2));
  }

  private static Operator<?> mutatesCotangent() {
    return squareWith(c -> {
      Gradients gradients = gradient(c, 2);
      overwrite(c.cotangent(), 0);
      return gradients;
    });
  }

  private static Operator<?> mutatesOutput() {
    return new Written(
        Written.unary("mutates-output"),
        c -> {
          Tensor y = c.tensor("x").map(v -> v * v);
          return Outputs.of(y).saving(y);
        },
        c -> {
          overwrite(c.saved(Tensor.class), 0);
          return gradient(c, 2);
        });
  }

  private static Operator<?> reusesBuffer() {
    double[] buffer = new double[X.size()];
    return new Written(
        Written.unary("reuses"),
        c -> {
          Tensor x = c.tensor("x");
          if (x.dataType() == DataType.FLOAT32) {
            return square(c);
          }
          Arrays.setAll(buffer, i -> x.at(i) * x.at(i));
          return Outputs.of(Tensor.adopt(x.shape(), buffer));
        },
        c -> gradient(c, 2));
  }

  private static Signature twoOutputs(String name) {
    return Signature.named("test." + name).input("x").output("y").output("z").build();
  }

  private static Operator<?> unused() {
    return new Written(
        twoOutputs("unused"),
        c -> Outputs.of(c.tensor("x").times(2), c.tensor("x").times(3)),
        c ->
            c.isZero("z")
                ? Gradients.of(c.cotangent("y"))
                : Gradients.of(c.cotangent("y").times(2).plus(c.cotangent("z").times(3))));
  }

  private static Operator<?> swapped() {
    return new Written(
        Written.binary("swapped"),
        WrongOperators::product,
        c -> Gradients.of(c.cotangent().times(c.tensor("a")), c.cotangent().times(c.tensor("b"))));
  }

  private static Operator<?> constantOnly() {
    return squareWith(c -> {
      double mean = c.cotangent().sum() / c.cotangent().size();
      return Gradients.of(c.tensor("x").times(2 * mean));
    });
  }

  private static Operator<?> nondeterministic() {
    AtomicLong calls = new AtomicLong();
    return squareWith(c ->
        Gradients.of(gradientOf(c).map(v -> v * (1 + (calls.getAndIncrement() % 7) * 0x1p-52))));
  }

  private static Tensor gradientOf(AdjointCall call) {
    return call.cotangent().times(call.tensor("x")).times(2);
  }

  private static Operator<?> arrivalOrder() {
    return new Written(
        Written.unary("arrival"),
        c -> {
          Tensor x = c.tensor("x");
          double[] sum = new double[1];
          c.parallel()
              .run(
                  x.size(),
                  i -> {
                    synchronized (sum) {
                      sum[0] += x.at(i);
                    }
                  });
          return Outputs.of(Tensor.scalar(sum[0], x.dataType()));
        },
        c -> {
          double g = c.cotangent().item();
          return Gradients.of(c.tensor("x").map(v -> g));
        });
  }

  private static Operator<?> quadraticInCotangent() {
    return squareWith(
        c -> Gradients.of(gradientOf(c).zip(c.cotangent(), (g, v) -> g * (1 + 1e-3 * v))));
  }

  private static Operator<?> overflows() {
    return new Written(
        Written.unary("norm"),
        c -> {
          Tensor x = c.tensor("x");
          return Outputs.of(Tensor.scalar(Math.sqrt(x.times(x).sum()), x.dataType()));
        },
        c -> {
          Tensor x = c.tensor("x");
          double norm = Math.sqrt(x.times(x).sum());
          return Gradients.of(x.times(c.cotangent().item() / norm));
        });
  }

  /** The variance as the mean of squares minus the square of the mean. */
  private static Operator<?> cancelling() {
    return new Written(
        Written.unary("variance"),
        c -> {
          Tensor x = c.tensor("x");
          Tensor squares = Tensor.scalar(x.times(x).sum() / x.size(), x.dataType());
          Tensor mean = Tensor.scalar(x.sum() / x.size(), x.dataType());
          return Outputs.of(squares.minus(mean.times(mean)));
        },
        c -> {
          Tensor x = c.tensor("x");
          double mean = x.sum() / x.size();
          return Gradients.of(x.minus(mean).times(2 * c.cotangent().item() / x.size()));
        });
  }

  private static Tensor stencil(Tensor x, int shift) {
    int n = x.size();
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      int at = i + shift;
      y[i] = x.at(i) - (at >= 0 && at < n ? x.at(at) : 0);
    }
    return Tensor.of(x.shape(), y).cast(x.dataType());
  }

  private static Signature linear(String name) {
    return Signature.named("test." + name).input("x").output("y").linearIn("x").build();
  }

  private static Operator<?> offByOne() {
    return new Written(
        linear("stencil"),
        c -> Outputs.of(stencil(c.tensor("x"), 1)),
        c -> Gradients.of(stencil(c.cotangent(), -2)));
  }

  private static Operator<?> boundaryEntry() {
    return new Written(
        linear("boundary"),
        c -> Outputs.of(stencil(c.tensor("x"), 1)),
        c -> {
          double[] g = stencil(c.cotangent(), -1).toDoubleArray();
          g[0] *= 1 + 1e-6;
          return Gradients.of(Tensor.of(c.cotangent().shape(), g).cast(c.cotangent().dataType()));
        });
  }

  private static Operator<?> notLinear() {
    return new Written(linear("not-linear"), WrongOperators::square, c -> gradient(c, 2));
  }

  private static Operator<?> affine() {
    return new Written(
        linear("affine"), c -> Outputs.of(c.tensor("x").plus(1)), c -> Gradients.of(c.cotangent()));
  }

  private static Operator<?> asksForMore() {
    return new Written(
        Signature.named("test.asks").input("x").output("y").adjointNeeds().build(),
        WrongOperators::square,
        c -> gradient(c, 2));
  }

  /** A central first difference whose adjoint is its continuous transpose, minus itself. */
  private static Operator<?> continuous() {
    return new Written(
        linear("derivative"),
        c -> Outputs.of(oneSidedAtEnds(c.tensor("x"))),
        c -> Gradients.of(oneSidedAtEnds(c.cotangent()).times(-1)));
  }

  private static Tensor oneSidedAtEnds(Tensor x) {
    int n = x.size();
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      int left = Math.max(0, i - 1);
      int right = Math.min(n - 1, i + 1);
      y[i] = (x.at(right) - x.at(left)) / (right - left);
    }
    return Tensor.of(x.shape(), y).cast(x.dataType());
  }

  private static Operator<?> broadcastShape() {
    return new Written(
        Written.binary("scale"),
        c -> Outputs.of(c.tensor("a").times(c.tensor("b").item())),
        c ->
            Gradients.of(
                c.cotangent().times(c.tensor("b").item()), c.cotangent().times(c.tensor("a"))));
  }

  private static Operator<?> broadcastAxis() {
    return new Written(
        Written.binary("row-add"),
        c -> Outputs.of(addRows(c.tensor("a"), c.tensor("b"))),
        c -> {
          double[] sums = new double[4];
          for (int i = 0; i < 16; i++) {
            sums[i / 4] += c.cotangent().at(i);
          }
          Tensor b = Tensor.of(sums).cast(c.cotangent().dataType());
          return Gradients.of(c.cotangent(), b);
        });
  }

  private static Tensor addRows(Tensor a, Tensor b) {
    double[] y = a.toDoubleArray();
    for (int i = 0; i < y.length; i++) {
      y[i] += b.at(i % b.size());
    }
    return Tensor.of(a.shape(), y).cast(a.dataType());
  }

  private static Operator<?> wrongType() {
    return squareWith(c -> Gradients.of(gradientOf(c).cast(DataType.FLOAT64)));
  }

  private static Operator<?> needsGradLeak() {
    return new Written(
        Written.binary("leak"),
        WrongOperators::product,
        c -> {
          Tensor ga = c.cotangent().times(c.tensor("b"));
          Tensor gb = c.cotangent().times(c.tensor("a"));
          return Gradients.of(c.needsGrad("b") ? ga : ga.times(0.5), gb);
        });
  }

  @SuppressWarnings("unchecked")
  private static Operator<?> usedUp() {
    return new Written(
        Written.unary("used-up"),
        c -> square(c).saving(new AtomicReference<>(c.tensor("x"))),
        c -> {
          Object x = c.saved(AtomicReference.class).getAndSet(Tensor.scalar(0.0));
          return x instanceof Tensor t && t.size() > 1
              ? Gradients.of(c.cotangent().times(t).times(2))
              : Gradients.of(c.cotangent().times(0));
        });
  }

  private static Operator<?> unread() {
    return new Written(
        Written.binary("unread"),
        c -> Outputs.of(c.tensor("a").times(2)),
        c -> Gradients.of(c.cotangent().times(2), c.cotangent().times(0)));
  }

  private static Operator<?> outputMissing() {
    return new Written(
        twoOutputs("missing-output"),
        c -> Outputs.of(c.tensor("x")),
        c -> Gradients.of(c.cotangent("y")));
  }

  private static Operator<?> countNotSaid() {
    return new Written(
        Signature.named("test.parts").input("x").output(Port.of("parts").variadic()).build(),
        c -> Outputs.of(List.of(c.tensor("x"), c.tensor("x"))),
        c -> Gradients.of(c.cotangent("parts[0]").plus(c.cotangent("parts[1]"))));
  }

  private static Operator<?> nanGradient() {
    return new Written(
        Written.unary("root"),
        c -> Outputs.of(c.tensor("x").map(Math::sqrt)),
        c ->
            Gradients.of(
                c.cotangent().zip(c.tensor("x"), (g, x) -> g * 0.5 * x / (x * Math.sqrt(x)))));
  }

  /** The square with factors of choice in tangent and adjoint; both should be 2. */
  private record WrongTangent(double tangentFactor, double adjointFactor)
      implements BlockingOperator<Object>, TangentOperator<Object> {

    @Override
    public Signature signature() {
      return Written.unary("tangent");
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return square(call);
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return gradient(call, adjointFactor);
    }

    @Override
    public Outputs tangent(TangentCall call) {
      return Outputs.of(call.tensor("x").times(call.direction("x")).times(tangentFactor));
    }
  }
}
