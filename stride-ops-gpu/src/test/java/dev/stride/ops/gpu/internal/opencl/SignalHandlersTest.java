package dev.stride.ops.gpu.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SignalHandlersTest {

  private static final int TRAP = 5;
  private static final long IGNORED = 1;

  @Test
  void handler_that_somebody_replaced_is_put_back() {
    SignalHandlers.restore();
    long before = SignalHandlers.handler(TRAP);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment other = arena.allocate(512);
      other.set(ValueLayout.JAVA_LONG, 0, IGNORED);
      SignalHandlers.sigaction(TRAP, other, MemorySegment.NULL);
    }
    assertThat(SignalHandlers.handler(TRAP)).isEqualTo(IGNORED).isNotEqualTo(before);

    SignalHandlers.restore();

    assertThat(SignalHandlers.handler(TRAP)).isEqualTo(before);
  }

  @Test
  void drivers_leave_faults_to_the_virtual_machine() throws IOException {
    TestDevices.first();
    assertThat(libraryOf(SignalHandlers.handler(SignalHandlers.MEMORY_FAULT))).contains("libjvm");
  }

  @Test
  void integer_division_by_zero_is_an_exception_while_drivers_are_loaded() {
    TestDevices.first();
    int[] zero = new int[1];
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> zero[0] = 7 / zero[0]);
  }

  private static String libraryOf(long address) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/maps")).stream()
        .filter(line -> contains(line.substring(0, line.indexOf(' ')).split("-", 2), address))
        .findFirst()
        .orElse("nothing");
  }

  private static boolean contains(String[] range, long address) {
    return Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), address) <= 0
        && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
  }
}
