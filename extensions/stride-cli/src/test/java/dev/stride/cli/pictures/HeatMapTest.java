package dev.stride.cli.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pictures are checked by what they must show: colours in their places, and ink around them. */
class HeatMapTest {

  private static HeatMap map(List<Marker> markers) {
    // Bottom row low, top row high.
    return new HeatMap(
        "Two rows",
        Raster.of(2, 2, new float[] {0, 0, 1, 1}),
        Axis.linear("x (mm)", new Range(0, 2)),
        Axis.linear("y (mm)", new Range(0, 2)),
        Axis.linear("value (m/s)", new Range(0, 1)),
        ColourMap.VIRIDIS,
        markers);
  }

  private static int colour(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  private static Map<Integer, Integer> colours(BufferedImage image) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        counts.merge(colour(image, x, y), 1, Integer::sum);
      }
    }
    return counts;
  }

  @Test
  void first_row_is_at_the_bottom() {
    BufferedImage image = map(List.of()).draw(400, 400);
    assertThat(colour(image, 328, 76 + 300)).isEqualTo(ColourMap.VIRIDIS.at(0));
    assertThat(colour(image, 328, 76 + 100)).isEqualTo(ColourMap.VIRIDIS.at(1));
  }

  @Test
  void each_cell_has_exactly_its_colour() {
    Map<Integer, Integer> counts = colours(map(List.of()).draw(400, 400));
    assertThat(counts.get(ColourMap.VIRIDIS.at(0))).isGreaterThan(75_000);
    assertThat(counts.get(ColourMap.VIRIDIS.at(1))).isGreaterThan(75_000);
  }

  @Test
  void frame_axes_and_bar_leave_ink_beside_the_cells() {
    BufferedImage image = map(List.of()).draw(400, 400);
    assertThat(inked(image, 0, 76, 120, 476)).as("numbers of the y axis").isPositive();
    assertThat(inked(image, 128, 484, 528, image.getHeight())).as("x axis").isPositive();
    assertThat(inked(image, 128, 0, 528, 70)).as("title").isPositive();
    assertThat(inked(image, 545, 76, image.getWidth(), 476)).as("bar").isGreaterThan(10_000);
  }

  private static int inked(BufferedImage image, int left, int top, int right, int bottom) {
    int count = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        count += colour(image, x, y) == 0xffffff ? 0 : 1;
      }
    }
    return count;
  }

  @Test
  void markers_are_drawn_where_they_are() {
    BufferedImage image =
        map(List.of(new Marker(0.5, 1.5, true), new Marker(1.5, 0.5, false))).draw(400, 400);
    assertThat(colour(image, 128 + 100, 76 + 100)).isEqualTo(0xd62728);
    assertThat(colour(image, 128 + 300, 76 + 300)).isEqualTo(0xffffff);
  }

  @Test
  void wide_models_give_wide_pictures() {
    HeatMap wide =
        new HeatMap(
            "wide",
            Raster.of(1, 2, new float[] {0, 1}),
            Axis.linear("x (mm)", new Range(0, 2)),
            Axis.linear("y (mm)", new Range(0, 1)),
            Axis.linear("v", new Range(0, 1)),
            ColourMap.BLUE_WHITE_RED,
            List.of());
    BufferedImage image = wide.draw();
    assertThat(image.getWidth() - Plot.LEFT - Plot.BAR_SPACE).isEqualTo(900);
    assertThat(image.getHeight() - Plot.TOP - Plot.BOTTOM).isEqualTo(450);
  }

  @Test
  void raster_of_a_wrong_size_is_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Raster.of(2, 2, new float[3]))
        .withMessageContaining("3 values");
  }
}
