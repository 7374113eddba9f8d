package dev.stride.cli.report;

import dev.stride.cli.acquisition.Position;
import dev.stride.cli.acquisition.Ring;
import dev.stride.cli.acquisition.Traces;
import dev.stride.cli.inversion.Inversion;
import dev.stride.cli.model.Grid;
import dev.stride.cli.model.SpeedModel;
import dev.stride.cli.pictures.Axis;
import dev.stride.cli.pictures.ColourMap;
import dev.stride.cli.pictures.HeatMap;
import dev.stride.cli.pictures.LossCurve;
import dev.stride.cli.pictures.Marker;
import dev.stride.cli.pictures.PictureFile;
import dev.stride.cli.pictures.Range;
import dev.stride.cli.pictures.Raster;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the pictures of an inversion into a folder. Not safe for concurrent use. */
public final class InversionPictures {

  private static final String SPEED = "speed of sound (m/s)";

  /** Share of the samples that the colours of traces span; the strongest few are cut off. */
  private static final double SHOWN_SAMPLES = 0.998;

  private final Path folder;
  private final List<String> written = new ArrayList<>();

  /** Writes into this folder, which must exist. */
  public InversionPictures(Path folder) {
    this.folder = folder;
  }

  /** The files written so far. */
  public List<String> written() {
    return List.copyOf(written);
  }

  /** Writes true, start, result and difference. */
  public void maps(SpeedModel truth, SpeedModel start, SpeedModel result, Ring ring)
      throws IOException {
    Range speeds = Range.of(truth.speed()).with(Range.of(result.speed()));
    Axis scale = Axis.linear(SPEED, speeds);
    List<Marker> transducers = transducers(ring);
    write("true.png", map("True speed of sound", truth, truth.speed(), scale, transducers));
    write("start.png", map("Start", start, start.speed(), scale, transducers));
    write("result.png", map("Result", result, result.speed(), scale, transducers));
    float[] difference = result.minus(truth);
    Axis differences = Axis.linear("result \u2212 true (m/s)", Range.symmetric(difference));
    write(
        "difference.png",
        map("Difference of result and truth", truth, difference, differences, List.of()));
  }

  private static BufferedImage map(
      String title, SpeedModel model, float[] values, Axis scale, List<Marker> markers) {
    Grid grid = model.grid();
    ColourMap colours = scale.label().equals(SPEED) ? ColourMap.VIRIDIS : ColourMap.BLUE_WHITE_RED;
    return new HeatMap(
            title,
            Raster.of(grid.ny(), grid.nx(), values),
            millimetres("x (mm)", grid.x(0), grid.x(grid.nx() - 1), grid.spacing()),
            millimetres("y (mm)", grid.y(0), grid.y(grid.ny() - 1), grid.spacing()),
            scale,
            colours,
            markers)
        .draw();
  }

  private static Axis millimetres(String label, double first, double last, double spacing) {
    return Axis.linear(
        label, new Range(1e3 * (first - 0.5 * spacing), 1e3 * (last + 0.5 * spacing)));
  }

  private static List<Marker> transducers(Ring ring) {
    List<Integer> senders = new ArrayList<>();
    for (int shot = 0; shot < ring.shots(); shot++) {
      senders.add(ring.sender(shot));
    }
    List<Marker> markers = new ArrayList<>();
    for (int k = 0; k < ring.receivers(); k++) {
      Position position = ring.position(k);
      markers.add(new Marker(1e3 * position.x(), 1e3 * position.y(), senders.contains(k)));
    }
    return markers;
  }

  /** Writes the traces of a shot; receivers that it does not use are grey. */
  public void traces(Ring ring, int shot, Traces traces) throws IOException {
    int steps = traces.time().steps();
    float[] samples = percent(traces.samples());
    float[] all = new float[ring.receivers() * steps];
    Arrays.fill(all, Float.NaN);
    List<Integer> listeners = ring.listeners(shot);
    for (int k = 0; k < listeners.size(); k++) {
      System.arraycopy(samples, k * steps, all, listeners.get(k) * steps, steps);
    }
    double halfStep = 0.5e6 * traces.time().step();
    HeatMap picture =
        new HeatMap(
            "Observed traces of shot %d, sent by transducer %d"
                .formatted(shot + 1, ring.sender(shot) + 1),
            Raster.of(ring.receivers(), steps, all),
            Axis.linear(
                "time (\u00b5s)", new Range(-halfStep, 1e6 * traces.time().duration() + halfStep)),
            Axis.linear("receiver", new Range(0.5, ring.receivers() + 0.5)),
            Axis.linear("pressure (% of the strongest)", Range.symmetric(samples, SHOWN_SAMPLES)),
            ColourMap.BLUE_WHITE_RED,
            List.of());
    write("traces.png", picture.draw(1000, 720));
  }

  private static float[] percent(float[] samples) {
    double most = Range.symmetric(samples).high();
    float[] scaled = new float[samples.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (100 * samples[i] / most);
    }
    return scaled;
  }

  /** Writes the loss of each iteration. */
  public void losses(List<Inversion.Iteration> iterations, List<Double> frequencies)
      throws IOException {
    List<LossCurve.Stage> stages = new ArrayList<>();
    for (int band = 0; band < frequencies.size(); band++) {
      int number = band;
      List<Double> losses =
          iterations.stream()
              .filter(iteration -> iteration.band() == number)
              .map(Inversion.Iteration::loss)
              .toList();
      if (!losses.isEmpty()) {
        String name = "up to " + megahertz(frequencies.get(band));
        stages.add(new LossCurve.Stage(name, losses));
      }
    }
    String label = "loss, \u00bd \u03a3 (modelled \u2212 observed)\u00b2 (arbitrary units)";
    write("loss.png", new LossCurve("Loss of each iteration's shots", label, stages).draw());
  }

  /** A frequency as people write it, such as {@code 0.2 MHz}. */
  public static String megahertz(double hertz) {
    BigDecimal exact = BigDecimal.valueOf(1e-6 * hertz).round(new MathContext(4));
    return exact.stripTrailingZeros().toPlainString() + " MHz";
  }

  private void write(String name, BufferedImage picture) throws IOException {
    Path file = folder.resolve(name);
    PictureFile.write(file, picture);
    written.add(file.toString());
  }
}
