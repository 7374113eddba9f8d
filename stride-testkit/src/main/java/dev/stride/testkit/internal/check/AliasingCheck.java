package dev.stride.testkit.internal.check;

import dev.stride.testkit.Rule;
import dev.stride.testkit.Verdict;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * After a forward and an adjoint, no array that an output, a gradient or an argument consists of
 * can be reached from the instance, unless inside an immutable tensor.
 */
final class AliasingCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.ALIASING;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Map<String, Object> values = new LinkedHashMap<>();
    try (Forwarded forwarded = subject.forward(subject.point())) {
      Map<String, Object> cotangents =
          subject.outputs().values(subject.outputs().gaussian(setting.random(rule())));
      Map<String, Object> gradients = subject.adjoint(forwarded, cotangents, path -> true);
      forwarded.arguments().leaves().forEach((path, v) -> values.put("argument `" + path, v));
      forwarded.outputs().forEach((path, v) -> values.put("output `" + path, v));
      cotangents.forEach((path, v) -> values.put("cotangent `" + path, v));
      gradients.forEach((path, v) -> values.put("gradient `" + path, v));
    }
    Reach reach = Reach.mutable(Reach.roots(subject.runner().operator().unwrap()));
    for (Map.Entry<String, Object> value : values.entrySet()) {
      Object array = Reach.array(value.getValue());
      if (array != null && reach.arrays().contains(array)) {
        return Finding.fail(
            "the instance keeps the array of the "
                + value.getKey()
                + "`, so that a later call can change it. Make a new array for each call.");
      }
    }
    return reach.closed().isEmpty()
        ? Finding.pass().figure("arrays", reach.arrays().size())
        : Finding.of(
            Verdict.UNTESTED,
            "cannot look into " + reach.closed() + "; open the package to dev.stride.testkit");
  }
}
