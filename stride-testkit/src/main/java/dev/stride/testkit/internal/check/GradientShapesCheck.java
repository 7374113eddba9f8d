package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;

/** What adjoint returns is read as an engine reads it: arity, shape and type. */
final class GradientShapesCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.GRADIENT_SHAPES;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    try (Forwarded forwarded = subject.forward(subject.point())) {
      Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
      Vec gradient = subject.adjoint(forwarded, cotangent);
      return subject.value(forwarded).isFinite() && !gradient.isFinite()
          ? Finding.fail("the outputs are finite but the gradient has a NaN or an infinity")
          : Finding.pass();
    }
  }
}
