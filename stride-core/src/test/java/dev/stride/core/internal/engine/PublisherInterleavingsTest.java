package dev.stride.core.internal.engine;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import dev.stride.core.internal.engine.Publisher.Contribution;
import dev.stride.core.internal.graph.GradientCell;
import dev.stride.core.internal.graph.GradientCell.Accumulated;
import dev.stride.core.internal.graph.Spaces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E11, E20. Runs that add to one leaf at once lose nothing, in every schedule. */
@Tag("interleavings")
class PublisherInterleavingsTest {

  private final Spaces spaces =
      new Spaces(value -> {
        throw new AssertionError("asked for " + value);
      });

  @Test
  void no_gradient_is_lost_and_a_reader_sees_whole_ones_only() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Publisher publisher = shared(new Publisher(spaces, Runnable::run));
          GradientCell cell = shared(new GradientCell("x", 1, GradientCell.NOTHING));
          race(
              () -> publisher.publish(List.of(contribution(cell, 1.0))),
              () -> publisher.publish(List.of(contribution(cell, 2.0))),
              () -> {
                Accumulated seen = cell.get();
                Object gradient = seen.gradient();
                check(
                    gradient == null || gradient.equals(seen.preconditioner()),
                    "a gradient with the preconditioner of another");
              });
          check(Double.valueOf(3.0).equals(cell.get().gradient()), "a gradient is lost");
        });
  }

  @Test
  void totals_of_many_runs_add_to_what_came_between() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          Publisher publisher = shared(new Publisher(spaces, Runnable::run));
          GradientCell cell = shared(new GradientCell("x", 1, new Accumulated(4.0, null)));
          Totals totals = new Totals(spaces, cell);
          totals.add(new Accumulated(1.0, null));
          race(
              () -> publisher.publish(Map.of(cell, totals)),
              () -> publisher.publish(List.of(contribution(cell, 2.0))));
          check(Double.valueOf(7.0).equals(cell.get().gradient()), "a gradient is lost");
        });
  }

  private static Contribution contribution(GradientCell cell, double gradient) {
    return new Contribution(cell, new Accumulated(gradient, gradient));
  }
}
