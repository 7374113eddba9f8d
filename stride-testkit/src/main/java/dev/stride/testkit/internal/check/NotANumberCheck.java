package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.SplittableRandom;

/**
 * A NaN in an element that the outputs depend on, as the gradient says, makes a NaN in the outputs
 * or is refused; a NaN in a cotangent makes one in the gradients.
 */
final class NotANumberCheck implements Check {

  private static final int ELEMENTS = 2;

  @Override
  public Rule rule() {
    return Rule.NOT_A_NUMBER;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    Vec cotangent = subject.outputs().gaussian(random);
    Vec gradient = subject.gradient(subject.point(), cotangent);
    for (int b = 0; b < subject.inputs().blocks(); b++) {
      for (int k = 0; k < Math.min(ELEMENTS, subject.inputs().size(b)); k++) {
        int element = dependent(gradient.block(b), random);
        if (gradient.block(b)[element] != 0 && isMaskedByForward(subject, b, element)) {
          return masked("input", subject.inputs(), b, element, "the outputs have none");
        }
      }
    }
    for (int o = 0; o < subject.outputs().blocks(); o++) {
      for (int k = 0; k < Math.min(ELEMENTS, subject.outputs().size(o)); k++) {
        int element = random.nextInt(subject.outputs().size(o));
        if (isMaskedByAdjoint(subject, cotangent, o, element)) {
          return masked("cotangent", subject.outputs(), o, element, "the gradients have none");
        }
      }
    }
    return Finding.pass();
  }

  /** The first element after a random one that the gradient is not zero for. */
  private static int dependent(double[] gradient, SplittableRandom random) {
    int start = random.nextInt(gradient.length);
    for (int i = 0; i < gradient.length; i++) {
      int element = (start + i) % gradient.length;
      if (gradient[element] != 0) {
        return element;
      }
    }
    return start;
  }

  private static boolean isMaskedByForward(Subject subject, int block, int element) {
    try {
      return !hasNan(subject.value(spoilt(subject.point(), block, element)));
    } catch (ContractViolation refused) {
      return false;
    }
  }

  private static boolean isMaskedByAdjoint(Subject subject, Vec cotangent, int block, int element) {
    Vec unit = subject.outputs().unit(block, element, 1);
    if (subject.gradient(subject.point(), unit).isZero()) {
      return false;
    }
    try {
      return !hasNan(subject.gradient(subject.point(), spoilt(cotangent, block, element)));
    } catch (ContractViolation refused) {
      return false;
    }
  }

  private static Vec spoilt(Vec vector, int block, int element) {
    double[] numbers = vector.block(block).clone();
    numbers[element] = Double.NaN;
    return vector.with(block, numbers);
  }

  private static boolean hasNan(Vec vector) {
    for (int b = 0; b < vector.blocks(); b++) {
      for (double number : vector.block(b)) {
        if (Double.isNaN(number)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Finding masked(
      String kind, Layout layout, int block, int element, String otherwise) {
    return Finding.fail(
        "with NaN in the "
            + kind
            + " `"
            + layout.path(block)
            + "`["
            + element
            + "], "
            + otherwise
            + ". Let NaN pass or refuse it.");
  }
}
