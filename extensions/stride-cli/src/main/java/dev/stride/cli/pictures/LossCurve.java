package dev.stride.cli.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture of a loss that falls over the iterations of several stages, on a logarithmic axis.
 *
 * @param title what it shows
 * @param lossLabel name and unit of the loss
 * @param stages the stages in order; their iterations are counted through
 */
public record LossCurve(String title, String lossLabel, List<Stage> stages) {

  private static final int WIDTH = 1100;
  private static final int HEIGHT = 640;
  private static final Color SHADE = new Color(0xeef2f7);
  private static final Color LINE = new Color(0x1f5a99);

  /**
   * Iterations that minimise the same loss.
   *
   * @param name shown above them
   * @param losses one positive number each
   */
  public record Stage(String name, List<Double> losses) {

    /** Copies the list. */
    public Stage {
      losses = List.copyOf(losses);
    }
  }

  /** Copies the list. */
  public LossCurve {
    stages = List.copyOf(stages);
  }

  /** Draws it; a curve without a positive loss is an empty frame. */
  public BufferedImage draw() {
    int count = stages.stream().mapToInt(stage -> stage.losses().size()).sum();
    Axis iterations = Axis.linear("iteration", new Range(0.5, Math.max(count, 1) + 0.5));
    Axis losses = Axis.logarithmic(lossLabel, lossRange());
    Plot plot = Plot.of(WIDTH, HEIGHT);
    plot.title(title);
    int first = 1;
    for (int k = 0; k < stages.size(); k++) {
      drawStage(plot, iterations, losses, stages.get(k), first, k % 2 == 0);
      first += stages.get(k).losses().size();
    }
    plot.axes(iterations, losses);
    return plot.finish();
  }

  private Range lossRange() {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (Stage stage : stages) {
      for (double loss : stage.losses()) {
        if (loss > 0 && Double.isFinite(loss)) {
          low = Math.min(low, loss);
          high = Math.max(high, loss);
        }
      }
    }
    return high > 0 ? new Range(low / 1.3, high * 1.6) : new Range(0.1, 10);
  }

  private static void drawStage(
      Plot plot, Axis iterations, Axis losses, Stage stage, int first, boolean shaded) {
    Graphics2D pen = plot.pen();
    int last = first + stage.losses().size() - 1;
    double left = plot.x(iterations.position(first - 0.5));
    double right = plot.x(iterations.position(last + 0.5));
    pen.setColor(shaded ? SHADE : Color.WHITE);
    pen.fill(new Rectangle2D.Double(left, plot.y(1), right - left, plot.y(0) - plot.y(1)));
    pen.setColor(Color.DARK_GRAY);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 22));
    double nameWidth = pen.getFontMetrics().stringWidth(stage.name());
    pen.drawString(
        stage.name(), (float) (0.5 * (left + right - nameWidth)), (float) plot.y(1) + 32);
    pen.setColor(LINE);
    pen.setStroke(new BasicStroke(3));
    Path2D line = new Path2D.Double();
    for (int k = 0; k < stage.losses().size(); k++) {
      double loss = stage.losses().get(k);
      if (loss > 0 && Double.isFinite(loss)) {
        double x = plot.x(iterations.position(first + k));
        double y = plot.y(losses.position(loss));
        if (line.getCurrentPoint() == null) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
        pen.fill(new Ellipse2D.Double(x - 6, y - 6, 12, 12));
      }
    }
    pen.draw(line);
  }
}
