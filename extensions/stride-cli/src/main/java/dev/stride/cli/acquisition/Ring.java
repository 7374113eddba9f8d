package dev.stride.cli.acquisition;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Transducers at equal distances on a circle around (0, 0). All receive; some send too, one a shot.
 *
 * <p>A shot uses the receivers that are at least a third of the radius away from its source: nearer
 * ones see the direct wave through water and hardly anything of the object.
 *
 * @param radius in metres
 * @param receivers number of transducers
 * @param shots number of those that send, spread as evenly as can be
 */
public record Ring(double radius, int receivers, int shots) {

  /** Checks that there is at least one shot and no more shots than transducers. */
  public Ring {
    if (!(radius > 0) || receivers < 4 || shots < 1 || shots > receivers) {
      throw new IllegalArgumentException(
          "ring: got %d shots on %d transducers, radius %s m. It needs 4 transducers or more, from 1"
                  .formatted(shots, receivers, radius)
              + " shot to one for each transducer, and a positive radius.");
    }
  }

  /** Position of a transducer. */
  public Position position(int transducer) {
    double angle = 2 * Math.PI * transducer / receivers;
    return new Position(radius * Math.sin(angle), radius * Math.cos(angle));
  }

  /** Position of a shot's source. */
  public Position source(int shot) {
    return position(sender(shot));
  }

  /** Number of the transducer that sends in a shot. */
  public int sender(int shot) {
    return (int) ((long) shot * receivers / shots);
  }

  /** Numbers of the transducers whose traces a shot uses. */
  public List<Integer> listeners(int shot) {
    Position source = source(shot);
    return IntStream.range(0, receivers)
        .filter(transducer -> position(transducer).distance(source) >= radius / 3)
        .boxed()
        .toList();
  }
}
