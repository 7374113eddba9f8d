package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointOptions;
import dev.stride.api.Engine;
import dev.stride.core.Stride;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.call.Patience;
import dev.stride.testkit.internal.check.Bits;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Finding;
import dev.stride.testkit.internal.check.Setting;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.SplittableRandom;

/**
 * Saved state serves two adjoints alike, in a retained graph too, can be closed without any
 * adjoint, and is closed once by the engine.
 */
public final class SavedStateCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.SAVED_STATE;
  }

  @Override
  public boolean usesEngine() {
    return true;
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
      if (!problem.isEmpty()) {
        return Finding.fail(
            "adjoint again on the same saved state, as a retained graph does: gradient " + problem);
      }
    }
    return subject.inputs().blocks() == 0 || subject.outputs().blocks() == 0
        ? Finding.pass()
        : throughEngine(subject, v);
  }

  private static Finding throughEngine(Subject subject, Vec cotangent) {
    WatchedOperator watched = new WatchedOperator(subject.runner().operator());
    try (Stride engine = Engines.bare(subject)) {
      String problem = twice(engine, watched, subject, cotangent);
      if (!problem.isEmpty()) {
        return Finding.fail("two runs of a retained graph: " + problem);
      }
    }
    if (watched.isUsedAfterClose()) {
      return Finding.fail("an adjoint used saved state after it was closed");
    }
    return watched.closed().stream().allMatch(times -> times == 1)
        ? Finding.pass()
        : Finding.fail("saved state was closed " + watched.closed() + " times; expected once each");
  }

  /** What is wrong with the sum of both runs, which is twice one; empty if nothing. */
  private static String twice(
      Engine engine, WatchedOperator watched, Subject subject, Vec cotangent) {
    GraphCall call = GraphCall.at(engine, watched, subject, subject.point());
    var roots = call.seeded(subject.outputs(), cotangent);
    Patience patience = subject.runner().patience();
    patience.await(engine.adjoint(roots, AdjointOptions.defaults().retaining()));
    patience.await(engine.adjoint(roots, AdjointOptions.defaults()));
    Vec twice = subject.gradient(subject.point(), cotangent).times(2);
    return Bits.difference(subject.inputs(), twice, call.gradient(subject.inputs()));
  }
}
