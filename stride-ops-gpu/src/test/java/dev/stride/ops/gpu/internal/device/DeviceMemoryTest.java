package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.StrideException;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {

  private static final long KIB = 1 << 10;

  /** A driver without a device. */
  private static final class Numbered implements DeviceMemory.Driver {

    private final List<Long> alive = new ArrayList<>();
    private long next;
    private int refusals;

    @Override
    public long allocate(long bytes) {
      if (refusals > 0) {
        refusals--;
        throw new OpenClException(-4, "no memory");
      }
      alive.add(++next);
      return next;
    }

    @Override
    public void free(long handle) {
      assertThat(alive.remove(handle)).isTrue();
    }
  }

  private final Numbered driver = new Numbered();
  private final GarbageRule never = new GarbageRule(0, 1);
  private final DeviceMemory memory = new DeviceMemory("test:0", 64 * KIB, 32 * KIB, driver, never);

  @Test
  void released_buffer_serves_the_next_who_asks_for_as_much() {
    DeviceBuffer first = memory.allocate(5000, "first");
    long handle = first.handle();
    first.release();

    assertThat(memory.allocate(4900, "second").handle()).isEqualTo(handle);
    assertThat(driver.alive).hasSize(1);
  }

  @Test
  void buffer_is_given_back_by_its_last_user() {
    DeviceBuffer buffer = memory.allocate(KIB, "two users");
    buffer.retain();
    buffer.release();
    assertThat(memory.liveBuffers()).isEqualTo(1);

    buffer.release();
    assertThat(memory.liveBuffers()).isZero();
    assertThat(memory.liveBytes()).isZero();
    assertThat(memory.pooledBytes()).isEqualTo(KIB);
  }

  @Test
  void buffer_that_was_given_back_can_be_neither_used_nor_given_back_again() {
    DeviceBuffer buffer = memory.allocate(KIB, "stride.exp [256]");
    buffer.release();

    assertThatIllegalStateException()
        .isThrownBy(buffer::retain)
        .withMessageContaining("stride.exp [256]");
    assertThatIllegalStateException().isThrownBy(buffer::release).withMessageContaining("twice");
  }

  @Test
  void kept_buffers_make_room_for_others() {
    memory.allocate(32 * KIB, "kept").release();
    memory.allocate(28 * KIB, "kept too").release();

    assertThat(memory.allocate(24 * KIB, "wanted").bytes()).isEqualTo(24 * KIB);
    assertThat(memory.pooledBytes()).isZero();
    assertThat(driver.alive).hasSize(1);
  }

  @Test
  void buffers_that_went_back_to_the_driver_are_counted() {
    memory.allocate(32 * KIB, "kept").release();
    assertThat(memory.freed()).isZero();
    memory.trim();
    assertThat(memory.freed()).isEqualTo(1);
  }

  @Test
  void spent_budget_is_an_error_that_names_the_largest_holders() {
    memory.allocate(16 * KIB, "stride.exp [4096] float32");
    memory.allocate(16 * KIB, "stride.exp [4096] float32");
    memory.allocate(28 * KIB, "stride.multiply [7000] float32");

    assertThatThrownBy(() -> memory.allocate(20 * KIB, "stride.add [5000]"))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("test:0: stride.add [5000] asks for 20480 bytes")
        .hasMessageContaining("61440 bytes of the 65536 bytes")
        .hasMessageContaining(
            "stride.exp [4096] float32 (2 times, 32768 bytes), stride.multiply [7000] float32 (1"
                + " times, 28672 bytes)")
        .hasMessageContaining("stride.gpu.memory");
  }

  @Test
  void buffer_larger_than_the_device_can_have_is_an_error_at_once() {
    assertThatThrownBy(() -> memory.allocate(40 * KIB, "stride.add [10000]"))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("at most 32768 bytes")
        .hasMessageContaining("Split the tensor");
  }

  @Test
  void refusal_of_the_driver_frees_what_is_kept_and_is_tried_again() {
    memory.allocate(8 * KIB, "kept").release();
    driver.refusals = 1;

    assertThat(memory.allocate(16 * KIB, "wanted").bytes()).isEqualTo(16 * KIB);
    assertThat(memory.pooledBytes()).isZero();
  }

  @Test
  void garbage_is_looked_for_before_new_memory_where_that_pays() {
    List<DeviceBuffer> dropped = new ArrayList<>();
    GarbageRule often = new GarbageRule(Long.MAX_VALUE, 1);
    DeviceMemory collected =
        new DeviceMemory(
            "test:0",
            64 * KIB,
            32 * KIB,
            driver,
            often,
            () -> {
              dropped.forEach(DeviceBuffer::release);
              dropped.clear();
            });
    for (int i = 0; i < 10; i++) {
      dropped.add(collected.allocate(KIB, "dropped"));
    }
    assertThat(driver.alive).hasSize(1);
  }

  @Test
  void what_is_kept_is_taken_before_garbage_is_looked_for() {
    List<String> collections = new ArrayList<>();
    DeviceMemory kept =
        new DeviceMemory(
            "test:0",
            64 * KIB,
            32 * KIB,
            driver,
            new GarbageRule(Long.MAX_VALUE, 1),
            () -> collections.add("collected"));
    kept.allocate(KIB, "held");
    kept.allocate(2 * KIB, "kept").release();
    collections.clear();
    kept.allocate(2 * KIB, "again");

    assertThat(collections).isEmpty();
  }

  @Test
  void close_frees_what_is_kept_and_ends_with_the_last_buffer() {
    List<String> ended = new ArrayList<>();
    DeviceBuffer held = memory.allocate(KIB, "held");
    memory.allocate(2 * KIB, "kept").release();
    memory.close(() -> ended.add("end"));

    assertThat(driver.alive).hasSize(1);
    assertThat(ended).isEmpty();
    held.release();
    assertThat(driver.alive).isEmpty();
    assertThat(ended).containsExactly("end");
  }
}
