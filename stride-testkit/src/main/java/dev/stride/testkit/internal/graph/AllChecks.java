package dev.stride.testkit.internal.graph;

import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Checks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All checks in the order of their rules. */
public final class AllChecks {

  private AllChecks() {}

  /** The checks. */
  public static List<Check> all() {
    List<Check> checks = new ArrayList<>(Checks.all());
    checks.add(new SavedStateCheck());
    checks.add(new GraphCheck());
    checks.add(new ConcurrencyCheck());
    checks.add(new SecondOrderCheck());
    checks.addAll(Checks.further());
    checks.add(new CompletionCheck());
    checks.add(new RegistrationCheck());
    checks.sort(Comparator.comparing(Check::rule));
    return checks;
  }
}
