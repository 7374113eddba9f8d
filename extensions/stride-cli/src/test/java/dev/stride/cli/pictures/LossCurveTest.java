package dev.stride.cli.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossCurveTest {

  private static final int LINE = 0x1f5a99;

  private static LossCurve curve(List<LossCurve.Stage> stages) {
    return new LossCurve("Loss", "loss", stages);
  }

  private static int linePixels(BufferedImage image, double from, double to) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = (int) (128 + from * 1100); x < (int) (128 + to * 1100); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == LINE ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void each_stage_is_drawn_in_its_part() {
    var image =
        curve(
                List.of(
                    new LossCurve.Stage("low", List.of(8.0, 4.0, 2.0)),
                    new LossCurve.Stage("high", List.of(3.0, 2.0, 1.0))))
            .draw();
    assertThat(linePixels(image, 0, 0.5)).isGreaterThan(300);
    assertThat(linePixels(image, 0.5, 1)).isGreaterThan(300);
  }

  @Test
  void losses_that_cannot_be_drawn_are_left_out() {
    var image =
        curve(List.of(new LossCurve.Stage("odd", List.of(0.0, Double.NaN, 2.0, 1.0)))).draw();
    assertThat(linePixels(image, 0, 0.4)).isZero();
    assertThat(linePixels(image, 0.5, 1)).isPositive();
  }

  @Test
  void curve_without_losses_is_an_empty_frame() {
    assertThat(linePixels(curve(List.of()).draw(), 0, 1)).isZero();
  }
}
