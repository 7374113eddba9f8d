package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.TestDevices;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

  private static DeviceDescription device(boolean shared) {
    DeviceDescription device = mock();
    when(device.memoryBytes()).thenReturn(8L << 30);
    when(device.sharesMemory()).thenReturn(shared);
    return device;
  }

  @Test
  void amounts_have_a_letter_behind_them() {
    assertThat(MemoryBudget.of(device(false), "4096")).isEqualTo(4096);
    assertThat(MemoryBudget.of(device(false), "512k")).isEqualTo(512L << 10);
    assertThat(MemoryBudget.of(device(false), "3M")).isEqualTo(3L << 20);
    assertThat(MemoryBudget.of(device(false), "1.5 g")).isEqualTo(3L << 29);
    assertThat(MemoryBudget.of(device(false), "25%")).isEqualTo(2L << 30);
  }

  @Test
  void default_leaves_the_host_most_of_a_memory_that_is_its_own() {
    assertThat(MemoryBudget.of(device(true), null)).isEqualTo(2L << 30);
    assertThat(MemoryBudget.of(device(false), null)).isEqualTo((long) (0.8 * (8L << 30)));
  }

  @Test
  void other_texts_are_errors_that_say_what_is_expected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MemoryBudget.of(device(false), "much"))
        .withMessageContaining("'much'")
        .withMessageContaining("512m");
  }

  @Test
  void budget_of_a_real_device_is_a_part_of_its_memory() {
    DeviceDescription first = TestDevices.first();
    assertThat(MemoryBudget.of(first, null)).isPositive().isLessThan(first.memoryBytes());
  }
}
