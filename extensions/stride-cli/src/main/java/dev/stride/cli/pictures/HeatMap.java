package dev.stride.cli.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture of numbers on a regular grid, as colours, with axes and a colour bar.
 *
 * @param title what it shows
 * @param values the numbers
 * @param horizontal axis of the columns; its range runs from the left edge of the first cell to the
 *     right edge of the last
 * @param vertical axis of the rows, the first row at the low end, which is at the bottom
 * @param scale label and limits of the colour bar
 * @param colours what the colours are
 * @param markers points drawn over it
 */
public record HeatMap(
    String title,
    Raster values,
    Axis horizontal,
    Axis vertical,
    Axis scale,
    ColourMap colours,
    List<Marker> markers) {

  private static final int LONG_SIDE = 900;

  /** Copies the list. */
  public HeatMap {
    markers = List.copyOf(markers);
  }

  /** Draws it with cells as wide as they are high if both axes have the same unit. */
  public BufferedImage draw() {
    double width = horizontal.range().high() - horizontal.range().low();
    double height = vertical.range().high() - vertical.range().low();
    double scaling = LONG_SIDE / Math.max(width, height);
    return draw((int) Math.round(width * scaling), (int) Math.round(height * scaling));
  }

  /** Draws it in a frame of this size in pixels. */
  public BufferedImage draw(int width, int height) {
    Plot plot = Plot.withBar(width, height);
    plot.title(title);
    plot.image(cells());
    drawMarkers(plot);
    plot.axes(horizontal, vertical);
    plot.bar(colours, scale);
    return plot.finish();
  }

  private BufferedImage cells() {
    BufferedImage image =
        new BufferedImage(values.columns(), values.rows(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < values.rows(); row++) {
      for (int column = 0; column < values.columns(); column++) {
        double position = scale.position(values.at(row, column));
        image.setRGB(column, values.rows() - 1 - row, colours.at(position));
      }
    }
    return image;
  }

  private void drawMarkers(Plot plot) {
    plot.clip();
    for (Marker marker : markers) {
      double radius = marker.strong() ? 6.5 : 3.5;
      double x = plot.x(horizontal.position(marker.x()));
      double y = plot.y(vertical.position(marker.y()));
      var dot = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
      plot.pen().setColor(marker.strong() ? new Color(0xd62728) : Color.WHITE);
      plot.pen().fill(dot);
      plot.pen().setColor(Color.BLACK);
      plot.pen().setStroke(new BasicStroke(1.2f));
      plot.pen().draw(dot);
    }
    plot.unclip();
  }
}
