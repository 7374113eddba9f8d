package dev.stride.cli.report;

import dev.stride.api.RunStatistics;
import dev.stride.cli.inversion.Inversion;
import dev.stride.cli.model.Accuracy;
import dev.stride.cli.model.Lesion;
import dev.stride.cli.model.SpeedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of one inversion. Immutable.
 *
 * @param modelName what the truth is
 * @param truth on the grid of the inversion
 * @param start where the inversion started
 * @param result where it ended
 * @param radius of the ring, in metres: errors are measured over the disc inside
 * @param shots number of sources
 * @param frequencies upper limits of the bands, in Hz
 * @param lesions of a phantom, else none
 * @param iterations what each did, in order
 * @param seconds wall time of the whole run
 * @param threads used at most
 * @param device computed on
 * @param pictures files, in the order in which they were written
 */
public record InversionReport(
    String modelName,
    SpeedModel truth,
    SpeedModel start,
    SpeedModel result,
    double radius,
    int shots,
    List<Double> frequencies,
    List<Lesion> lesions,
    List<Inversion.Iteration> iterations,
    double seconds,
    int threads,
    String device,
    List<String> pictures) {

  private static final String DATA =
      "simulated on a grid and time step of 0.75 of the inversion's, resampled, 1 % noise;"
          + " the wavelet and the positions of the transducers are known";

  /** Copies the lists. */
  public InversionReport {
    frequencies = List.copyOf(frequencies);
    lesions = List.copyOf(lesions);
    iterations = List.copyOf(iterations);
    pictures = List.copyOf(pictures);
  }

  /** Error at the start over the disc inside the ring, in m/s. */
  public double initialRmse() {
    return Accuracy.against(truth).rmse(start, radius);
  }

  /** Error at the end over the disc inside the ring, in m/s. */
  public double finalRmse() {
    return Accuracy.against(truth).rmse(result, radius);
  }

  /** Contrast of each lesion. */
  public List<Accuracy.Contrast> contrasts() {
    Accuracy accuracy = Accuracy.against(truth);
    return lesions.stream().map(lesion -> accuracy.contrast(result, lesion)).toList();
  }

  /** Wall time of the forward and adjoint of one shot, in seconds, with others beside it. */
  public double secondsPerGradient() {
    double seconds = 0;
    int gradients = 0;
    for (Inversion.Iteration iteration : iterations) {
      seconds += iteration.gradientTime().toNanos() * 1e-9;
      gradients += iteration.shots();
    }
    return gradients == 0 ? Double.NaN : seconds / gradients;
  }

  /** The report as a JSON object. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", modelName);
    json.put("grid", List.of(truth.grid().ny(), truth.grid().nx()));
    json.put("spacing_m", truth.grid().spacing());
    json.put("shots", shots);
    json.put("iterations", iterations.size());
    json.put("frequencies_hz", frequencies);
    json.put("initial_rmse_mps", initialRmse());
    json.put("final_rmse_mps", finalRmse());
    json.put("lesion_contrast", contrasts().stream().map(Accuracy.Contrast::percent).toList());
    json.put("lesions", contrasts().stream().map(InversionReport::json).toList());
    json.put("loss", iterations.stream().map(Inversion.Iteration::loss).toList());
    json.put("band", iterations.stream().map(iteration -> iteration.band() + 1).toList());
    json.put("seconds", seconds);
    json.put("seconds_per_gradient", Json.number(secondsPerGradient()));
    json.put("statistics", statistics());
    json.put("threads", threads);
    json.put("device", device);
    json.put("data", DATA);
    json.put("wavelet_known", true);
    json.put("pictures", pictures);
    return json;
  }

  /** What the adjoint runs did, added up; the largest of their peaks. */
  private Map<String, Object> statistics() {
    RunStatistics all =
        iterations.stream()
            .map(Inversion.Iteration::statistics)
            .reduce(RunStatistics.NONE, RunStatistics::plus);
    Map<String, Object> perOperator = new TreeMap<>();
    all.timePerOperator().forEach((name, time) -> perOperator.put(name, time.toNanos() * 1e-9));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("nodes", all.nodes());
    json.put("saved_bytes", all.savedBytes());
    json.put("peak_cotangent_bytes", all.peakBytes());
    json.put("transfers", all.transfers());
    json.put("transferred_bytes", all.transferredBytes());
    json.put("adjoint_seconds_per_operator", perOperator);
    return json;
  }

  private static Map<String, Object> json(Accuracy.Contrast contrast) {
    Lesion lesion = contrast.lesion();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", lesion.name());
    json.put("speed_mps", lesion.speed());
    json.put("centre_m", List.of(lesion.centreY(), lesion.centreX()));
    json.put("radius_m", lesion.radius());
    json.put("true_contrast_mps", contrast.truth());
    json.put("recovered_contrast_mps", contrast.recovered());
    json.put("recovered_percent", contrast.percent());
    return json;
  }

  /** The report for people, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("model        " + modelName);
    lines.add(
        "grid         %d x %d nodes, %.3g mm"
            .formatted(truth.grid().ny(), truth.grid().nx(), 1e3 * truth.grid().spacing()));
    lines.add("data         " + DATA);
    lines.add("iterations   %d, with %d shots".formatted(iterations.size(), shots));
    lines.add(
        "error (RMSE) %.2f -> %.2f m/s inside the ring, %.0f %% of the start"
            .formatted(initialRmse(), finalRmse(), 100 * finalRmse() / initialRmse()));
    for (Accuracy.Contrast contrast : contrasts()) {
      lines.add(
          "%-12s %.0f m/s: contrast %.1f of %.1f m/s, %.0f %%"
              .formatted(
                  contrast.lesion().name(),
                  contrast.lesion().speed(),
                  contrast.recovered(),
                  contrast.truth(),
                  contrast.percent()));
    }
    lines.add(
        "time         %.1f s, %.3f s a gradient, %d threads on %s"
            .formatted(seconds, secondsPerGradient(), threads, device));
    return lines;
  }
}
