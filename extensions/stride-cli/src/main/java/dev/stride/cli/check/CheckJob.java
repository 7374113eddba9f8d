package dev.stride.cli.check;

import dev.stride.api.Device;
import dev.stride.api.Tensor;
import dev.stride.api.spi.VectorSpace;
import dev.stride.cli.terminal.Progress;
import dev.stride.cli.terminal.Terminal;
import dev.stride.core.Discovery;
import dev.stride.testkit.Certificate;
import dev.stride.testkit.Certification;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Rule;
import java.util.List;
import java.util.Set;

/**
 * Checks operators, one after the other.
 *
 * @param operators which
 * @param spaces of their values
 * @param rules to check; all if empty
 * @param seed of the random numbers
 */
public record CheckJob(
    List<Discovery.Entry> operators, List<VectorSpace<?>> spaces, Set<Rule> rules, long seed) {

  /** Copies the collections. */
  public CheckJob {
    operators = List.copyOf(operators);
    spaces = List.copyOf(spaces);
    rules = Set.copyOf(rules);
  }

  /** Runs it and shows how far it is. */
  public Certificate run(Terminal terminal) {
    Certification certification =
        Certification.create().seed(seed).configure(checker -> checker.vectorSpaces(spaces));
    for (Discovery.Entry entry : operators) {
      certification.operator(
          title(entry), entry.operator(), entry.samples(), checker -> placed(entry, checker));
    }
    if (!rules.isEmpty()) {
      certification.configure(checker -> checker.only(rules.toArray(Rule[]::new)));
    }
    try (Progress progress = terminal.start("check", operators.size())) {
      return certification
          .progress(result -> {
            if (result.rule() == Rule.PROOF) {
              progress.advance(1, result.operator());
            }
          })
          .run();
    }
  }

  /** Samples are on the heap: an operator of another device is given them there. */
  private GradientChecker placed(Discovery.Entry entry, GradientChecker checker) {
    for (VectorSpace<?> space : spaces) {
      if (space.type() == Tensor.class
          && space.device().equals(entry.device())
          && !entry.device().equals(Device.CPU)) {
        return checker.placed(tensor -> moved(tensor, space));
      }
    }
    return checker;
  }

  private static Tensor moved(Tensor tensor, VectorSpace<?> space) {
    Object moved = space.transfer(tensor);
    return moved instanceof Tensor there ? there : tensor;
  }

  /** The operator's name, with the device where that is not the CPU. */
  private static String title(Discovery.Entry entry) {
    return entry.device().equals(Device.CPU)
        ? entry.name()
        : entry.name() + " on " + entry.device().name();
  }
}
