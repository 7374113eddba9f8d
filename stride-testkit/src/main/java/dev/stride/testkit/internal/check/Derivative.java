package dev.stride.testkit.internal.check;

import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;

/**
 * The derivative along a direction without differences: the operator's tangent or, for inputs that
 * it is declared linear in, its forward.
 */
final class Derivative {

  private final Subject subject;
  private final Vec point;
  private final boolean tangent;

  Derivative(Subject subject) {
    this.subject = subject;
    this.point = subject.point();
    this.tangent = subject.runner().hasTangent();
  }

  /** Inputs for which it is known. */
  List<Integer> inputs() {
    List<Integer> known = new ArrayList<>();
    for (int b = 0; b < subject.inputs().blocks(); b++) {
      if (tangent || isLinear(b)) {
        known.add(b);
      }
    }
    return known;
  }

  private boolean isLinear(int input) {
    String port = BoundArguments.port(subject.inputs().path(input));
    return subject.arguments().signature().linearIn().contains(port);
  }

  /** The derivative along a direction in one input. */
  Vec along(int input, Vec direction) {
    if (tangent) {
      return subject.tangent(point, direction);
    }
    Vec others = withoutPort(input);
    return subject.value(others.plus(1, direction)).minus(subject.value(others));
  }

  /** The point, with zeros in all values of the input's port. */
  private Vec withoutPort(int input) {
    String port = BoundArguments.port(subject.inputs().path(input));
    Vec result = point;
    for (int b = 0; b < point.blocks(); b++) {
      if (BoundArguments.port(subject.inputs().path(b)).equals(port)) {
        result = result.minus(point.only(b));
      }
    }
    return result;
  }
}
