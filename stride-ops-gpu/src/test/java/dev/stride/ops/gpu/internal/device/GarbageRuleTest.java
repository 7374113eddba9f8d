package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GarbageRuleTest {

  private static final long MIB = 1 << 20;

  private final GarbageRule rule = new GarbageRule(1, 10 * MIB);

  @Test
  void nothing_pays_until_new_memory_has_cost_several_collections() {
    assertThat(rule.pays(79 * MIB)).isFalse();
    assertThat(rule.pays(80 * MIB)).isTrue();
  }

  @Test
  void cost_of_the_last_collection_takes_the_place_of_the_guess() {
    rule.collected(2 * MIB, 0);
    assertThat(rule.pays(15 * MIB)).isFalse();
    assertThat(rule.pays(16 * MIB)).isTrue();
  }

  @Test
  void what_is_in_use_must_double_before_the_next_collection() {
    rule.collected(MIB, 100 * MIB);
    assertThat(rule.pays(199 * MIB)).isFalse();
    assertThat(rule.pays(200 * MIB)).isTrue();
  }

  @Test
  void memory_that_was_given_back_asks_for_no_collection() {
    rule.collected(MIB, 100 * MIB);
    assertThat(rule.pays(10 * MIB)).isFalse();
  }

  @Test
  void device_whose_memory_costs_nothing_asks_for_none() {
    assertThat(new GarbageRule(0, MIB).pays(1000 * MIB)).isFalse();
  }
}
