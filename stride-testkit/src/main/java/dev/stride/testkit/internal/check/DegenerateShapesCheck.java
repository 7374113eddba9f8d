package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.call.NeverCompleted;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * The sample with all tensors cut to one element, to scalars, or to nothing is refused with an
 * error that blames the arguments, or computed with right gradients.
 */
final class DegenerateShapesCheck implements Check {

  /** How tensors are cut. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
  private enum Cut {
    ONE_ELEMENT(tensor -> cut(tensor, 1)),
    SCALAR(tensor -> tensor.size() == 0 ? tensor : cut(tensor, 1).reshape(Shape.of())),
    EMPTY(tensor -> tensor.shape().rank() == 0 ? tensor : cut(tensor, 0));

    private final UnaryOperator<Tensor> function;

    Cut(UnaryOperator<Tensor> function) {
      this.function = function;
    }

    private static Tensor cut(Tensor tensor, int extent) {
      if (tensor.size() == 0) {
        return tensor;
      }
      int[] extents = new int[tensor.shape().rank()];
      Arrays.fill(extents, extent);
      Shape shape = Shape.of(extents);
      double[] first = Arrays.copyOf(tensor.toDoubleArray(), shape.size());
      return Tensor.of(shape, first).cast(tensor.dataType());
    }

    @Override
    public String toString() {
      return switch (this) {
        case ONE_ELEMENT -> "tensors of one element";
        case SCALAR -> "scalars";
        case EMPTY -> "empty tensors";
      };
    }
  }

  @Override
  public Rule rule() {
    return Rule.DEGENERATE_SHAPES;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public Finding run(Setting setting) {
    int computed = 0;
    for (Cut cut : Cut.values()) {
      BoundArguments arguments =
          setting
              .subject()
              .arguments()
              .map((path, value) -> value instanceof Tensor t ? cut.function.apply(t) : value);
      try {
        Finding finding = at(setting, setting.subject().with(arguments));
        if (finding.verdict() == Verdict.FAIL) {
          return Finding.fail("with " + cut + ", " + finding.message());
        }
        computed++;
      } catch (NeverCompleted e) {
        throw e;
      } catch (ContractViolation e) {
        if (!isRefusal(e)) {
          return Finding.fail("with " + cut + ", " + e.getMessage() + ". Compute or refuse them.");
        }
      }
    }
    return Finding.pass()
        .figure("computed", computed)
        .figure("refused", Cut.values().length - computed);
  }

  private static Finding at(Setting setting, Subject subject) {
    if (!subject.value(subject.point()).isFinite()) {
      return Finding.pass();
    }
    subject.gradient(
        subject.point(), subject.outputs().gaussian(setting.random(Rule.DEGENERATE_SHAPES)));
    return subject.inputs().size() == 0 || subject.outputs().size() == 0
        ? Finding.pass()
        : new DifferencesCheck()
            .run(
                new Setting(
                    setting.sample(),
                    subject,
                    setting.tolerances(),
                    setting.seed(),
                    setting.declared()));
  }

  /** Whether it says that the arguments are wrong, rather than trip over them. */
  private static boolean isRefusal(ContractViolation failure) {
    return switch (failure.getCause()) {
      case ArrayIndexOutOfBoundsException _,
          NegativeArraySizeException _,
          NullPointerException _,
          ClassCastException _,
          ArrayStoreException _ ->
          false;
      case ArithmeticException e -> !isByTheJvm(e);
      case null -> false;
      default -> true;
    };
  }

  /**
   * Whether an instruction divided by zero. The errors of operators, of a singular matrix, say, put
   * it in words; the JVM gives a symbol, or nothing once the code has failed often.
   */
  private static boolean isByTheJvm(ArithmeticException failure) {
    return failure.getMessage() == null || failure.getMessage().equals("/ by zero");
  }
}
