package dev.stride.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Variable;
import dev.stride.core.fixtures.Doubles;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.Waiting;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.item.ItemToolkit;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;

/** A recording as JDK Mission Control reads it: with its own reader. */
class FlightRecordingTest {

  @Test
  void mission_control_reads_operators_and_runs(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("stride.jfr");
    try (Recording recording = new Recording();
        Stride stride = Engines.engine()) {
      FlightRecorder.getFlightRecorder().getEventTypes().stream()
          .filter(type -> type.getName().startsWith("dev.stride."))
          .forEach(type -> recording.enable(type.getName()).withoutThreshold());
      recording.start();
      Variable<Double> y = Doubles.square().call(stride.parameter("x", 3.0));
      Waiting.on(Doubles.square().call(y).adjoint());
      recording.stop();
      recording.dump(file);
    }
    IItemCollection events = JfrLoaderToolkit.loadEvents(file.toFile());

    assertThat(texts(events, "dev.stride.Operator", "operator"))
        .hasSize(4)
        .containsOnly("test.number.square");
    assertThat(texts(events, "dev.stride.Operator", "phase"))
        .containsExactlyInAnyOrder("FORWARD", "FORWARD", "ADJOINT", "ADJOINT");
    assertThat(texts(events, "dev.stride.Run", "nodes")).containsExactly("3");
    assertThat(texts(events, "dev.stride.Run", "visited")).containsExactly("3");
    assertThat(texts(events, "dev.stride.Run", "failed")).containsExactly("false");
  }

  private static List<String> texts(IItemCollection events, String type, String field) {
    return events.apply(ItemFilters.type(type)).stream()
        .flatMap(items -> {
          IMemberAccessor<?, IItem> accessor =
              ItemToolkit.accessor(
                  items.getType().getAttributes().stream()
                      .filter(attribute -> attribute.getIdentifier().equals(field))
                      .findFirst()
                      .orElseThrow());
          return items.stream().map(item -> String.valueOf(accessor.getMember(item)));
        })
        .toList();
  }
}
