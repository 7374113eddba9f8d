package dev.stride.cli.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A white page with a title and one framed area with axes; drawn on by the pictures here. */
final class Plot {

  static final int TOP = 76;
  static final int LEFT = 128;
  static final int BOTTOM = 108;
  private static final int BAR_GAP = 28;
  private static final int BAR_WIDTH = 34;
  static final int BAR_SPACE = 196;
  private static final int PLAIN_SPACE = 40;
  private static final int TICK = 9;
  private static final Color INK = new Color(0x202020);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 28);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 25);
  private static final Font NUMBER = new Font(Font.SANS_SERIF, Font.PLAIN, 22);

  private final BufferedImage page;
  private final Graphics2D pen;
  private final int width;
  private final int height;

  private Plot(int width, int height, int right) {
    this.width = width;
    this.height = height;
    page =
        new BufferedImage(LEFT + width + right, TOP + height + BOTTOM, BufferedImage.TYPE_INT_RGB);
    pen = page.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, page.getWidth(), page.getHeight());
    pen.setColor(INK);
  }

  /** A page whose framed area has this size in pixels. */
  static Plot of(int width, int height) {
    return new Plot(width, height, PLAIN_SPACE);
  }

  /** A page with room for a colour bar beside the framed area. */
  static Plot withBar(int width, int height) {
    return new Plot(width, height, BAR_SPACE);
  }

  /** The pen, in pixels of the page. */
  Graphics2D pen() {
    return pen;
  }

  /** Page coordinate of a position along x, 0 at the left of the frame and 1 at its right. */
  double x(double position) {
    return LEFT + position * width;
  }

  /** Page coordinate of a position along y, 0 at the bottom of the frame and 1 at its top. */
  double y(double position) {
    return TOP + (1 - position) * height;
  }

  /** Restricts drawing to the framed area, until {@link #unclip}. */
  void clip() {
    pen.setClip(new Rectangle2D.Double(LEFT, TOP, width, height));
  }

  void unclip() {
    pen.setClip(null);
  }

  void title(String text) {
    pen.setFont(TITLE);
    pen.setColor(INK);
    FontMetrics metrics = pen.getFontMetrics();
    double start = LEFT + 0.5 * (width - metrics.stringWidth(text));
    pen.drawString(text, (float) Math.max(12, start), TOP - 26f);
  }

  void image(BufferedImage image) {
    pen.drawImage(image, LEFT, TOP, width, height, null);
  }

  /** The frame and both axes. */
  void axes(Axis horizontal, Axis vertical) {
    frame(LEFT, TOP, width, height);
    pen.setFont(NUMBER);
    FontMetrics metrics = pen.getFontMetrics();
    for (Axis.Tick tick : horizontal.ticks(8)) {
      double x = x(tick.position());
      mark(x, y(0), x, y(0) + length(tick));
      text(tick.text(), x - 0.5 * metrics.stringWidth(tick.text()), y(0) + 36);
    }
    for (Axis.Tick tick : vertical.ticks(8)) {
      double y = y(tick.position());
      mark(LEFT, y, LEFT - length(tick), y);
      text(tick.text(), LEFT - 16 - metrics.stringWidth(tick.text()), y + 8);
    }
    pen.setFont(LABEL);
    double labelWidth = pen.getFontMetrics().stringWidth(horizontal.label());
    text(horizontal.label(), LEFT + 0.5 * (width - labelWidth), TOP + height + 80.0);
    upwards(vertical.label(), 38);
  }

  /** The colour bar, right of the frame. */
  void bar(ColourMap colours, Axis axis) {
    int left = LEFT + width + BAR_GAP;
    for (int row = 0; row < height; row++) {
      pen.setColor(new Color(colours.at(1 - (row + 0.5) / height)));
      pen.fillRect(left, TOP + row, BAR_WIDTH, 1);
    }
    frame(left, TOP, BAR_WIDTH, height);
    pen.setFont(NUMBER);
    for (Axis.Tick tick : axis.ticks(8)) {
      double y = y(tick.position());
      mark(left + BAR_WIDTH, y, left + BAR_WIDTH + TICK, y);
      text(tick.text(), left + BAR_WIDTH + 15.0, y + 8);
    }
    pen.setFont(LABEL);
    upwards(axis.label(), page.getWidth() - 20.0);
  }

  BufferedImage finish() {
    pen.dispose();
    return page;
  }

  private static double length(Axis.Tick tick) {
    return tick.text().isEmpty() ? 0.6 * TICK : TICK;
  }

  private void frame(int left, int top, int wide, int high) {
    pen.setColor(INK);
    pen.setStroke(new BasicStroke(2));
    pen.draw(new Rectangle2D.Double(left, top, wide, high));
  }

  private void mark(double fromX, double fromY, double toX, double toY) {
    pen.setColor(INK);
    pen.setStroke(new BasicStroke(2));
    pen.draw(new Line2D.Double(fromX, fromY, toX, toY));
  }

  private void text(String text, double x, double y) {
    pen.drawString(text, (float) x, (float) y);
  }

  private void upwards(String text, double x) {
    AffineTransform before = pen.getTransform();
    double length = pen.getFontMetrics().stringWidth(text);
    pen.rotate(-Math.PI / 2, x, TOP + 0.5 * (height + length));
    text(text, x, TOP + 0.5 * (height + length));
    pen.setTransform(before);
  }
}
