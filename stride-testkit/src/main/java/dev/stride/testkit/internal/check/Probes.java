package dev.stride.testkit.internal.check;

import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random cotangents at a point and the gradients that the operator's adjoint gives for them, for
 * each output by itself.
 *
 * @param value the outputs at the point
 * @param cotangents random, never constant
 * @param gradients for each probe and output
 */
record Probes(Vec value, List<Vec> cotangents, List<List<Vec>> gradients) {

  static Probes at(Subject subject, Vec point, int count, SplittableRandom random) {
    Layout outputs = subject.outputs();
    List<Vec> cotangents = new ArrayList<>();
    List<List<Vec>> gradients = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      Vec cotangent = outputs.gaussian(random);
      cotangents.add(cotangent);
      List<Vec> perOutput = new ArrayList<>();
      for (int o = 0; o < outputs.blocks(); o++) {
        perOutput.add(subject.gradient(point, cotangent.only(o)));
      }
      gradients.add(perOutput);
    }
    return new Probes(valueAt(subject, point), cotangents, gradients);
  }

  private static Vec valueAt(Subject subject, Vec point) {
    try (Forwarded forwarded = subject.forward(point)) {
      return subject.value(forwarded);
    }
  }

  int count() {
    return cotangents.size();
  }

  /** What the adjoint says of the derivative of {@code cotangent . output} along a direction. */
  double adjoint(int probe, int output, int input, Vec direction) {
    return gradients.get(probe).get(output).dot(input, direction);
  }
}
