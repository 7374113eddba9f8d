package dev.stride.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Errors and contrasts that can be worked out by hand. */
class AccuracyTest {

  private static final Grid GRID = Grid.centred(61, 61, 1e-3);
  private static final Lesion LESION = new Lesion("spot", 5e-3, -3e-3, 6e-3, 1580);

  private static SpeedModel model(double inside, double outside) {
    float[] speed = new float[GRID.size()];
    for (int row = 0; row < GRID.ny(); row++) {
      for (int column = 0; column < GRID.nx(); column++) {
        boolean in = LESION.distance(GRID.y(row), GRID.x(column)) <= LESION.radius();
        speed[GRID.index(row, column)] = (float) (in ? inside : outside);
      }
    }
    return new SpeedModel(GRID, speed);
  }

  @Test
  void rmse_counts_the_disc_only() {
    SpeedModel truth = SpeedModel.homogeneous(GRID, 1500);
    float[] speed = truth.speed();
    for (int row = 0; row < GRID.ny(); row++) {
      for (int column = 0; column < GRID.nx(); column++) {
        speed[GRID.index(row, column)] += Math.hypot(GRID.y(row), GRID.x(column)) < 0.02 ? 3 : 1000;
      }
    }
    assertThat(Accuracy.against(truth).rmse(new SpeedModel(GRID, speed), 0.02)).isEqualTo(3);
  }

  @Test
  void contrast_is_full_for_the_truth_and_for_a_shifted_truth() {
    Accuracy accuracy = Accuracy.against(model(1580, 1540));
    assertThat(accuracy.contrast(model(1580, 1540), LESION).percent()).isEqualTo(100);
    assertThat(accuracy.contrast(model(1480, 1440), LESION).percent()).isEqualTo(100);
  }

  @Test
  void contrast_is_zero_where_nothing_stands_out_and_half_where_half_does() {
    Accuracy accuracy = Accuracy.against(model(1580, 1540));
    var none = accuracy.contrast(SpeedModel.homogeneous(GRID, 1555), LESION);
    assertThat(none.percent()).isZero();
    assertThat(none.truth()).isCloseTo(40, within(1e-3));
    assertThat(accuracy.contrast(model(1560, 1540), LESION).percent()).isCloseTo(50, within(1e-3));
  }
}
