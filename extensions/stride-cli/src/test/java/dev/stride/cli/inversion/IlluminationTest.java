package dev.stride.cli.inversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Tensor;
import dev.stride.cli.model.Grid;
import org.junit.jupiter.api.Test;

class IlluminationTest {

  @Test
  void mask_is_one_inside_zero_at_the_ring_and_smooth_between() {
    Grid grid = Grid.centred(201, 201, 1e-3);
    Tensor mask = Illumination.mask(grid, 0.09);
    double before = 1;
    for (int column = 100; column < 201; column++) {
      double weight = mask.get(100, column);
      double distance = grid.x(column);
      if (distance <= 0.0799) {
        assertThat(weight).isEqualTo(1);
      } else if (distance >= 0.0841) {
        assertThat(weight).isZero();
      }
      assertThat(weight).isLessThanOrEqualTo(before);
      assertThat(before - weight).isLessThan(0.45);
      before = weight;
    }
  }
}
