package dev.stride.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreastPhantomTest {

  private static final Grid GRID = Grid.centred(201, 201, 1e-3);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, -7, Long.MAX_VALUE})
  void drawing_without_anti_aliasing_has_every_tissue_and_nothing_else(long seed) {
    Set<Float> speeds = new TreeSet<>();
    for (float speed : BreastPhantom.ofSeed(seed).draw(GRID, 1).speed()) {
      speeds.add(speed);
    }
    assertThat(speeds).containsExactly(1450f, 1500f, 1540f, 1565f, 1580f);
  }

  @Test
  void same_seed_gives_the_same_breast_and_another_seed_another() {
    SpeedModel one = BreastPhantom.ofSeed(1).draw(GRID, 1);
    assertThat(BreastPhantom.ofSeed(1).draw(GRID, 1)).isEqualTo(one);
    assertThat(BreastPhantom.ofSeed(2).draw(GRID, 1)).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void homogeneous_start_is_far_from_the_truth(long seed) {
    SpeedModel truth = BreastPhantom.ofSeed(seed).draw(GRID, 4);
    SpeedModel start = SpeedModel.homogeneous(GRID, BreastPhantom.WATER);
    assertThat(Accuracy.against(truth).rmse(start, 0.09)).isGreaterThan(25);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void lesions_are_surrounded_by_gland_tissue(long seed) {
    BreastPhantom phantom = BreastPhantom.ofSeed(seed);
    assertThat(phantom.lesions()).extracting(Lesion::speed).containsExactly(1580.0, 1565.0);
    for (Lesion lesion : phantom.lesions()) {
      assertThat(lesion.radius()).isBetween(5e-3, 9e-3);
      for (double beyond = 0.1e-3; beyond < 4.9e-3; beyond += 0.2e-3) {
        for (double angle = 0; angle < 6.3; angle += 0.1) {
          double reach = lesion.radius() + beyond;
          double y = lesion.centreY() + reach * Math.sin(angle);
          double x = lesion.centreX() + reach * Math.cos(angle);
          assertThat(phantom.speed(y, x)).isEqualTo(BreastPhantom.GLAND);
        }
      }
    }
  }

  @Test
  void skin_is_two_millimetres_thick() {
    BreastPhantom phantom = BreastPhantom.ofSeed(3);
    // Along a ray the skin is a little thicker than along its normal.
    for (double angle = 0; angle < 6.2; angle += 0.3) {
      int inSkin = 0;
      for (double r = 0; r < 0.1; r += 1e-5) {
        if (phantom.speed(r * Math.sin(angle), r * Math.cos(angle)) == BreastPhantom.SKIN
            && r > 0.045) {
          inSkin++;
        }
      }
      assertThat(inSkin * 1e-5).isBetween(1.95e-3, 2.5e-3);
    }
  }

  @Test
  void anti_aliasing_keeps_the_mean_on_grids_of_any_spacing() {
    BreastPhantom phantom = BreastPhantom.ofSeed(4);
    double coarse = mean(phantom.draw(GRID, 8));
    double fine = mean(phantom.draw(Grid.centred(401, 401, 0.5e-3), 8));
    double aliased = mean(phantom.draw(Grid.centred(101, 101, 2e-3), 1));
    assertThat(fine).isCloseTo(coarse, within(0.02));
    assertThat(Math.abs(aliased - coarse)).isGreaterThan(Math.abs(fine - coarse));
  }

  private static double mean(SpeedModel model) {
    double sum = 0;
    for (float speed : model.speed()) {
      // Against water, which fills the differing margins of the grids.
      sum += speed - BreastPhantom.WATER;
    }
    return sum * model.grid().spacing() * model.grid().spacing() / (0.2 * 0.2);
  }

  @Test
  void draw_without_samples_is_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BreastPhantom.ofSeed(1).draw(GRID, 0))
        .withMessageContaining("samplesPerAxis is 0");
  }
}
