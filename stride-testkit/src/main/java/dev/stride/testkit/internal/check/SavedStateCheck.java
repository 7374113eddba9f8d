package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.SplittableRandom;

/** Saved state serves two adjoints alike, and a close without any adjoint. */
final class SavedStateCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.SAVED_STATE;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    Vec v = subject.outputs().gaussian(random);
    Vec w = subject.outputs().gaussian(random);
    subject.forward(subject.point()).close();
    try (Forwarded forwarded = subject.forward(subject.point())) {
      Vec first = subject.adjoint(forwarded, v);
      subject.adjoint(forwarded, w);
      String problem = Bits.difference(subject.inputs(), first, subject.adjoint(forwarded, v));
      return problem.isEmpty()
          ? Finding.pass()
          : Finding.fail(
              "adjoint again on the same saved state, as a retained graph does: gradient "
                  + problem);
    }
  }
}
