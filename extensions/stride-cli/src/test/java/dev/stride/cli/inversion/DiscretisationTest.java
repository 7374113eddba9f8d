package dev.stride.cli.inversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stride.api.StrideException;
import dev.stride.cli.acquisition.Burst;
import dev.stride.cli.acquisition.Position;
import dev.stride.cli.acquisition.Ring;
import dev.stride.cli.model.Grid;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscretisationTest {

  private static final Discretisation COARSE =
      Discretisation.of(Grid.centred(201, 201, 1e-3), new Ring(0.09, 128, 64), new Burst(0.3e6));

  @Test
  void step_is_well_within_the_stable_ones_at_the_fastest_speed() {
    // Order 10 in 2D is stable up to 0.541 h / v.
    assertThat(COARSE.time().step()).isCloseTo(2e-7, within(1e-12));
    assertThat(COARSE.time().step()).isLessThan(0.65 * 0.541 * 1e-3 / 1650);
  }

  @Test
  void time_is_long_enough_for_the_slowest_wave_across_the_ring() {
    assertThat(COARSE.time().duration()).isGreaterThan(0.18 / 1400 + 15e-6).isLessThan(160e-6);
  }

  @Test
  void refined_has_finer_spacing_and_step_for_the_same_region_and_time() {
    Discretisation fine = COARSE.refined(0.75);
    assertThat(fine.grid().spacing()).isEqualTo(0.75e-3);
    assertThat(fine.time().step()).isEqualTo(0.75 * COARSE.time().step());
    assertThat(fine.time().duration()).isGreaterThanOrEqualTo(COARSE.time().duration());
    assertThat(fine.layer() * 0.75e-3).isCloseTo(COARSE.layer() * 1e-3, within(0.75e-3));
    assertThat(fine.grid().height()).isGreaterThanOrEqualTo(0.2);
  }

  @Test
  void positions_count_from_the_corner_of_the_layer() {
    var tensor = COARSE.fromLayerCorner(List.of(new Position(0, 0), new Position(-0.1, 0.05)));
    double middle = 0.1 + COARSE.layer() * 1e-3;
    assertThat(tensor.shape().toString()).isEqualTo("[2, 2]");
    assertThat(tensor.get(0, 0)).isCloseTo(middle, within(1e-12));
    assertThat(tensor.get(1, 0)).isCloseTo(middle - 0.1, within(1e-12));
    assertThat(tensor.get(1, 1)).isCloseTo(middle + 0.05, within(1e-12));
  }

  @Test
  void frequencies_above_two_nodes_a_wavelength_are_rejected_with_the_highest() {
    COARSE.requireCarried(List.of(0.2e6, 0.7e6));
    assertThatThrownBy(() -> COARSE.requireCarried(List.of(0.2e6, 9e6)))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("9000000 Hz")
        .hasMessageContaining("the highest is 700000 Hz");
  }

  @Test
  void settings_in_other_units_are_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(List.of(0.2), 8, 8, 1))
        .withMessageContaining("0.2 Hz")
        .withMessageContaining("such as 0.2e6");
  }
}
