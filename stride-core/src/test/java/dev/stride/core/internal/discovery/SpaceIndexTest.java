package dev.stride.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.stride.api.Device;
import dev.stride.api.Tensor;
import dev.stride.api.spi.DoubleSpace;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.packs.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpaceIndexTest {

  private interface Field {}

  private interface StaggeredField extends Field {}

  private static class Pressure implements StaggeredField {}

  private static final class Damped extends Pressure {}

  @Test
  void find_knows_tensors_on_the_heap_and_doubles() {
    SpaceIndex index = new SpaceIndex(List.of());
    assertThat(index.find(Tensor.of(1, 2))).isSameAs(TensorSpace.HEAP);
    assertThat(index.find(1.0)).isSameAs(DoubleSpace.INSTANCE);
    assertThat(index.find("text")).isNull();
  }

  @Test
  void find_prefers_the_own_class_then_superclasses_then_near_interfaces() {
    var damped = space(Damped.class);
    var pressure = space(Pressure.class);
    var staggered = space(StaggeredField.class);
    var field = space(Field.class);
    Damped value = new Damped();
    assertThat(new SpaceIndex(List.of(field, staggered, pressure, damped)).find(value))
        .isSameAs(damped);
    assertThat(new SpaceIndex(List.of(field, staggered, pressure)).find(value)).isSameAs(pressure);
    assertThat(new SpaceIndex(List.of(field, staggered)).find(value)).isSameAs(staggered);
    assertThat(new SpaceIndex(List.of(field)).find(value)).isSameAs(field);
  }

  @Test
  void find_takes_a_space_of_everything_last() {
    var everything = space(Object.class);
    var field = space(Field.class);
    SpaceIndex index = new SpaceIndex(List.of(everything, field));
    assertThat(index.find(new Pressure())).isSameAs(field);
    assertThat(index.find("text")).isSameAs(everything);
  }

  @Test
  void find_asks_each_space_of_a_class_whether_it_knows_the_value() {
    VectorSpace<Pressure> first = space(Pressure.class);
    VectorSpace<Pressure> second = space(Pressure.class);
    Pressure here = new Pressure();
    Pressure there = new Pressure();
    when(first.knows(here)).thenReturn(true);
    when(first.knows(there)).thenReturn(false);
    SpaceIndex index = new SpaceIndex(List.of(first, second));
    assertThat(index.find(here)).isSameAs(first);
    assertThat(index.find(there)).isSameAs(second);
  }

  @Test
  void find_goes_on_to_the_superclass_if_no_space_of_the_class_knows_the_value() {
    VectorSpace<Damped> own = space(Damped.class);
    when(own.knows(any())).thenReturn(false);
    VectorSpace<Pressure> parent = space(Pressure.class);
    assertThat(new SpaceIndex(List.of(own, parent)).find(new Damped())).isSameAs(parent);
  }

  @Test
  void require_says_how_to_register_a_space() {
    assertThatThrownBy(() -> new SpaceIndex(List.of()).require(new StringBuilder()))
        .satisfies(failure -> Golden.assertMessage(failure, "no-vector-space"));
  }

  @Test
  void require_says_that_a_number_should_be_a_double() {
    assertThatThrownBy(() -> new SpaceIndex(List.of()).require(3))
        .hasMessageContaining("java.lang.Integer")
        .hasMessageEndingWith("Give a double instead: 3.0.");
  }

  @Test
  void require_says_that_the_pack_of_a_device_is_missing() {
    VectorSpace<Pressure> space = space(Pressure.class);
    when(space.knows(any())).thenReturn(false);
    assertThatThrownBy(() -> new SpaceIndex(List.of(space)).require(new Pressure()))
        .hasMessageContaining("this value of " + Pressure.class.getName())
        .hasMessageEndingWith("Add the pack of the value's device.");
  }

  @SuppressWarnings("unchecked")
  private static <T> VectorSpace<T> space(Class<T> type) {
    VectorSpace<T> space = mock(VectorSpace.class);
    when(space.type()).thenReturn(type);
    when(space.device()).thenReturn(new Device("mock:0"));
    when(space.knows(any())).thenReturn(true);
    return space;
  }
}
