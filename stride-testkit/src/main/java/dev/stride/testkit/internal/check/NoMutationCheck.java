package dev.stride.testkit.internal.check;

import dev.stride.api.Tensor;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Arguments, cotangents, outputs and gradients have the same bits after the calls as before, and
 * after another pair of calls.
 */
final class NoMutationCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.NO_MUTATION;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    SplittableRandom random = setting.random(rule());
    Watch watch = new Watch();
    Map<String, Object> cotangents = subject.outputs().values(subject.outputs().gaussian(random));
    try (Forwarded forwarded = subject.forward(subject.point())) {
      // The pristine copy: the arguments of this call are tensors of its own.
      Map<String, Object> pristine =
          subject.arguments().with(subject.inputs().values(subject.point())).leaves();
      watch.expect("argument", forwarded.arguments().leaves(), pristine);
      String byForward = watch.changed("forward");
      if (!byForward.isEmpty()) {
        return Finding.fail(byForward);
      }
      watch.add("output", forwarded.outputs());
      watch.add("cotangent", cotangents);
      Map<String, Object> gradients = subject.adjoint(forwarded, cotangents, path -> true);
      String byAdjoint = watch.changed("adjoint");
      if (!byAdjoint.isEmpty()) {
        return Finding.fail(byAdjoint);
      }
      watch.add("gradient", gradients);
      another(subject, random);
    }
    String byAnother = watch.changed("another call");
    return byAnother.isEmpty() ? Finding.pass() : Finding.fail(byAnother);
  }

  private static void another(Subject subject, SplittableRandom random) {
    Vec elsewhere = Resampling.near(subject, random);
    subject.gradient(elsewhere, subject.outputs().gaussian(random));
  }

  /** Values and what their bits were. */
  private static final class Watch {

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Object> bits = new LinkedHashMap<>();

    void add(String kind, Map<String, Object> watched) {
      expect(kind, watched, watched);
    }

    void expect(String kind, Map<String, Object> watched, Map<String, Object> expected) {
      watched.forEach((path, value) -> {
        String name = kind + " `" + path + "`";
        values.put(name, value);
        bits.put(name, frozen(expected.getOrDefault(path, value)));
      });
    }

    String changed(String by) {
      for (Map.Entry<String, Object> entry : values.entrySet()) {
        if (!frozen(entry.getValue()).equals(bits.get(entry.getKey()))) {
          return by + " changed the " + entry.getKey() + "; values are immutable, copy first";
        }
      }
      return "";
    }

    private static Object frozen(Object value) {
      return value instanceof Tensor tensor
          ? Tensor.adopt(tensor.shape(), tensor.toDoubleArray())
          : value;
    }
  }
}
