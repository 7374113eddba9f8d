package dev.stride.cli.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourMapTest {

  /** Perceived brightness of a colour, from 0 to 1. */
  private static double brightness(int rgb) {
    return (0.2126 * linear(rgb >> 16 & 0xff)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff));
  }

  private static double linear(int channel) {
    return Math.pow(channel / 255.0, 2.2);
  }

  @Test
  void viridis_gets_brighter_all_the_way() {
    double before = -1;
    for (int i = 0; i <= 64; i++) {
      double now = brightness(ColourMap.VIRIDIS.at(i / 64.0));
      assertThat(now).isGreaterThan(before);
      before = now;
    }
  }

  @Test
  void viridis_has_its_published_ends() {
    assertClose(ColourMap.VIRIDIS.at(0), 0x440154);
    assertClose(ColourMap.VIRIDIS.at(1), 0xfde725);
    assertClose(ColourMap.VIRIDIS.at(0.5), 0x21918c);
  }

  private static void assertClose(int got, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat((double) (got >> shift & 0xff)).isCloseTo(expected >> shift & 0xff, within(8.0));
    }
  }

  @Test
  void diverging_map_is_white_in_the_middle_and_even_on_both_sides() {
    assertThat(ColourMap.BLUE_WHITE_RED.at(0.5)).isEqualTo(0xf7f7f7);
    for (double off = 0.05; off <= 0.5; off += 0.05) {
      double low = brightness(ColourMap.BLUE_WHITE_RED.at(0.5 - off));
      double high = brightness(ColourMap.BLUE_WHITE_RED.at(0.5 + off));
      assertThat(low).isCloseTo(high, within(0.12));
    }
  }

  @Test
  void values_outside_take_the_end_and_nan_is_grey() {
    assertThat(ColourMap.VIRIDIS.at(-3)).isEqualTo(ColourMap.VIRIDIS.at(0));
    assertThat(ColourMap.VIRIDIS.at(7)).isEqualTo(ColourMap.VIRIDIS.at(1));
    assertThat(ColourMap.VIRIDIS.at(Double.NaN)).isEqualTo(0x808080);
  }
}
