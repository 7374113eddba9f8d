package dev.stride.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ResamplingTest {

  private static final Grid GRID = Grid.centred(21, 31, 1e-3);

  private static SpeedModel plane(Grid grid) {
    float[] speed = new float[grid.size()];
    for (int row = 0; row < grid.ny(); row++) {
      for (int column = 0; column < grid.nx(); column++) {
        speed[grid.index(row, column)] =
            (float) (1500 + 2000 * grid.y(row) - 1000 * grid.x(column));
      }
    }
    return new SpeedModel(grid, speed);
  }

  @Test
  void bilinear_is_exact_for_a_plane() {
    Grid fine = Grid.centred(25, 37, 0.75e-3);
    float[] expected = plane(fine).speed();
    float[] got = Resampling.bilinear(plane(GRID), fine).speed();
    for (int i = 0; i < got.length; i++) {
      assertThat((double) got[i]).isCloseTo(expected[i], within(1e-3));
    }
  }

  @Test
  void bilinear_to_the_same_grid_changes_nothing() {
    assertThat(Resampling.bilinear(plane(GRID), GRID)).isEqualTo(plane(GRID));
  }

  @Test
  void bilinear_outside_the_map_takes_the_edge() {
    SpeedModel large = Resampling.bilinear(plane(GRID), Grid.centred(41, 31, 1e-3));
    assertThat(large.at(0, 7)).isEqualTo(plane(GRID).at(0, 7));
    assertThat(large.at(40, 7)).isEqualTo(plane(GRID).at(20, 7));
  }
}
