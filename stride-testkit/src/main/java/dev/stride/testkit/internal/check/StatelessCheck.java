package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.SplittableRandom;

/** Two calls of one instance, interleaved in both orders, give what they give one by one. */
final class StatelessCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.STATELESS;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    Vec here = subject.point();
    Vec there = Resampling.near(subject, random);
    Vec v = subject.outputs().gaussian(random);
    Vec w = subject.outputs().gaussian(random);
    Vec gradientHere = subject.gradient(here, v);
    Vec gradientThere = subject.gradient(there, w);
    Vec valueHere = subject.value(here);
    try (Forwarded first = subject.forward(here);
        Forwarded second = subject.forward(there)) {
      Vec late = subject.adjoint(second, w);
      Vec early = subject.adjoint(first, v);
      return finding(
          subject, valueHere, subject.value(first), gradientHere, early, gradientThere, late);
    }
  }

  private static Finding finding(
      Subject subject, Vec value, Vec valueBetween, Vec here, Vec early, Vec there, Vec late) {
    String output = Bits.difference(subject.outputs(), value, valueBetween);
    if (!output.isEmpty()) {
      return Finding.fail("another call changed the outputs of this one: " + output);
    }
    String first = Bits.difference(subject.inputs(), here, early);
    String second = Bits.difference(subject.inputs(), there, late);
    String problem = first.isEmpty() ? second : first;
    return problem.isEmpty()
        ? Finding.pass()
        : Finding.fail(
            "forward twice, then both adjoints: gradient "
                + problem
                + ". Keep nothing on the operator; save it with Outputs.saving.");
  }
}
