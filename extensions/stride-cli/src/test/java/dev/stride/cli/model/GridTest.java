package dev.stride.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GridTest {

  @Test
  void centred_grid_has_its_middle_at_zero() {
    Grid grid = Grid.centred(5, 8, 2.0);
    assertThat(grid.y(2)).isZero();
    assertThat(grid.x(3)).isEqualTo(-1);
    assertThat(grid.x(4)).isEqualTo(1);
    assertThat(grid.height()).isEqualTo(8);
    assertThat(grid.index(1, 3)).isEqualTo(11);
  }

  @Test
  void respaced_grid_covers_the_same_region_and_not_a_cell_more_than_needed() {
    Grid fine = Grid.centred(201, 101, 1e-3).respaced(0.75e-3);
    assertThat(fine.height()).isBetween(0.2, 0.2 + 0.75e-3);
    assertThat(fine.width()).isBetween(0.1, 0.1 + 0.75e-3);
    assertThat(fine.y(0) + fine.y(fine.ny() - 1)).isCloseTo(0, within(1e-15));
  }

  @Test
  void respaced_by_its_own_spacing_is_the_same_grid() {
    Grid grid = Grid.centred(201, 101, 1e-3);
    assertThat(grid.respaced(1e-3)).isEqualTo(grid);
  }

  @Test
  void sizes_and_spacing_must_be_positive() {
    assertThatIllegalArgumentException().isThrownBy(() -> Grid.centred(0, 5, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Grid.centred(5, 5, Double.NaN))
        .withMessageContaining("spacing is NaN");
  }
}
