package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.ops.gpu.internal.opencl.OpenClException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandTest {

  private final DeviceMemory memory =
      new DeviceMemory(
          "test:0",
          1 << 20,
          1 << 20,
          new DeviceMemory.Driver() {
            @Override
            public long allocate(long bytes) {
              return 1;
            }

            @Override
            public void free(long handle) {
              // There is none.
            }
          },
          new GarbageRule(0, 1));

  private final DeviceBuffer in = memory.allocate(256, "in");
  private final DeviceBuffer out = memory.allocate(256, "out");

  private Command command(int number) {
    return Command.of(() -> "kernel k" + number, List.of(in), List.of(out));
  }

  @Test
  void failure_is_noted_where_the_command_was_to_write() {
    OpenClException failure = new OpenClException(-5, "no resources");
    command(1).ended(failure);

    assertThat(out.failure()).isSameAs(failure);
    assertThat(in.failure()).isNull();
  }

  @Test
  void command_that_used_what_failed_has_failed_too() {
    OpenClException failure = new OpenClException(-5, "no resources");
    in.fail(failure);
    command(1).ended(null);

    assertThat(out.failure()).isSameAs(failure);
  }

  @Test
  void whoever_asked_is_told_of_the_end_whatever_it_was() {
    List<Object> told = new ArrayList<>();
    OpenClException failure = new OpenClException(-5, "no resources");
    command(1).then(reason -> told.add(reason == null ? "well" : reason)).ended(null);
    command(1).then(reason -> told.add(reason == null ? "well" : reason)).ended(failure);

    assertThat(told).containsExactly("well", failure);
  }

  @Test
  void one_command_is_called_by_its_name_and_several_by_their_number_and_the_last() {
    List<Command> five = IntStream.rangeClosed(1, 5).mapToObj(this::command).toList();

    assertThat(Command.text(five.subList(0, 1))).isEqualTo("kernel k1");
    assertThat(Command.text(five))
        .isEqualTo(
            "one of 5 commands, the last of which was kernel k5; before it kernel k4; before it"
                + " kernel k3,");
  }
}
