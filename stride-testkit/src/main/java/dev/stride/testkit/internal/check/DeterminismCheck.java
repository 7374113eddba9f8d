package dev.stride.testkit.internal.check;

import dev.stride.api.Parallel;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.call.ShuffledParallel;
import dev.stride.testkit.internal.call.ThreadedParallel;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.List;

/** Repeats with other numbers of threads and other orders of chunks, bit for bit. */
final class DeterminismCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.DETERMINISM;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Vec point = subject.point();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    Vec value = subject.value(point);
    Vec gradient = subject.gradient(point, cotangent);
    List<Parallel> pools =
        List.of(
            Parallel.serial(),
            new ShuffledParallel(2, setting.seed()),
            new ShuffledParallel(7, setting.seed() + 1),
            new ThreadedParallel(2),
            new ThreadedParallel(3),
            new ThreadedParallel(8));
    for (Parallel pool : pools) {
      Subject other = subject.with(subject.context().with(pool));
      String problem = problem(other, point, value, cotangent, gradient);
      if (!problem.isEmpty()) {
        return Finding.fail("repeated with " + pool + ", " + problem);
      }
    }
    return Finding.pass().figure("repeats", pools.size());
  }

  private static String problem(
      Subject subject, Vec point, Vec value, Vec cotangent, Vec gradient) {
    try (Forwarded forwarded = subject.forward(point)) {
      String output = Bits.difference(subject.outputs(), value, subject.value(forwarded));
      return output.isEmpty()
          ? Bits.difference(subject.inputs(), gradient, subject.adjoint(forwarded, cotangent))
          : output;
    }
  }
}
