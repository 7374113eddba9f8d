package dev.stride.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.cli.model.Grid;
import dev.stride.cli.model.ModelFile;
import dev.stride.cli.model.ModelFileWriter;
import dev.stride.cli.model.SpeedModel;
import dev.stride.cli.model.TimeAxis;
import dev.stride.core.Stride;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small inversions through the command line, and every bad input. */
class InvertCommandTest {

  @TempDir Path folder;
  private Path model;
  private Path out;

  @BeforeEach
  void writeModel() throws IOException {
    model = SmallModel.write(folder);
    out = folder.resolve("out");
  }

  private CommandRun invert(String... more) {
    List<String> arguments = new ArrayList<>(List.of("invert", "--out", out.toString(), "--json"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private CommandRun small(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("--model", model.toString(), "--frequencies", "0.2e6,0.3e6", "--iterations", "2"));
    arguments.addAll(List.of("--shots", "8", "--shots-per-iteration", "4"));
    arguments.addAll(List.of(more));
    return invert(arguments.toArray(String[]::new));
  }

  @Test
  void inversion_brings_the_error_down_and_reports_it() throws IOException {
    CommandRun run = small();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("model").asText()).isEqualTo(model.toString());
    assertThat(json.get("grid").toString()).isEqualTo("[61,61]");
    assertThat(json.get("spacing_m").asDouble()).isEqualTo(1e-3);
    assertThat(json.get("shots").asInt()).isEqualTo(8);
    assertThat(json.get("iterations").asInt()).isEqualTo(4);
    assertThat(json.get("loss")).hasSize(4);
    assertThat(json.get("device").asText()).isEqualTo("cpu");
    assertThat(json.get("threads").asInt()).isPositive();
    assertThat(json.get("seconds").asDouble()).isPositive();
    assertThat(json.get("seconds_per_gradient").asDouble()).isPositive();
    JsonNode statistics = json.get("statistics");
    assertThat(statistics.get("nodes").asInt()).isGreaterThan(4 * 4);
    assertThat(statistics.get("saved_bytes").asLong()).isGreaterThan(61 * 61 * 4);
    assertThat(statistics.get("peak_cotangent_bytes").asLong()).isPositive();
    assertThat(
            statistics.get("adjoint_seconds_per_operator").get("stride.acoustic-wave").asDouble())
        .isPositive();
    assertThat(json.get("lesion_contrast")).isEmpty();
    assertThat(json.get("wavelet_known").asBoolean()).isTrue();
    assertThat(json.get("final_rmse_mps").asDouble())
        .isLessThan(0.75 * json.get("initial_rmse_mps").asDouble());
    assertThat(json.get("loss").get(1).asDouble()).isLessThan(json.get("loss").get(0).asDouble());
  }

  @Test
  void inversion_leaves_pictures_the_report_and_a_result_that_reads_back() throws IOException {
    JsonNode json = small().json();
    assertThat(json.get("pictures")).hasSize(6);
    for (JsonNode picture : json.get("pictures")) {
      assertThat(ImageIO.read(Path.of(picture.asText()).toFile()).getWidth()).isGreaterThan(800);
    }
    SpeedModel result = ModelFile.read(out.resolve("result.h5"));
    assertThat(result.grid()).isEqualTo(SmallModel.GRID);
    assertThat(result.min()).isGreaterThanOrEqualTo(1400);
    assertThat(result.max()).isLessThanOrEqualTo(1650).isGreaterThan(1505);
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder(
            "true.png",
            "start.png",
            "result.png",
            "difference.png",
            "traces.png",
            "loss.png",
            "report.json",
            "result.h5");
  }

  @Test
  void inversion_on_a_device_agrees_with_that_on_the_processor_and_counts_its_transfers()
      throws IOException {
    try (Stride stride = Stride.builder().build()) {
      Assumptions.assumeTrue(
          stride.discovery().pack("stride.gpu").orElseThrow().isAvailable(), "no OpenCL device");
    }
    JsonNode here = small().json();
    out = folder.resolve("device");
    CommandRun run = small("--device", "opencl");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode there = run.json();
    assertThat(there.get("device").asText()).isEqualTo("opencl");
    assertThat(there.get("statistics").get("transfers").asInt()).isPositive();
    for (int i = 0; i < 4; i++) {
      double loss = here.get("loss").get(i).asDouble();
      assertThat(there.get("loss").get(i).asDouble()).isCloseTo(loss, within(1e-3 * loss));
    }
    double error = here.get("final_rmse_mps").asDouble();
    assertThat(there.get("final_rmse_mps").asDouble()).isCloseTo(error, within(1e-2 * error));
  }

  @Test
  void trace_shows_every_wave_propagation() throws IOException {
    Path trace = folder.resolve("trace.json");
    assertThat(small("--trace", trace.toString()).exitCode()).isZero();
    JsonNode events = new ObjectMapper().readTree(trace.toFile());
    assertThat(events)
        .filteredOn(event -> event.get("name").asText().equals("stride.acoustic-wave"))
        .filteredOn(event -> event.get("cat").asText().equals("ADJOINT"))
        .hasSize(4 * 4)
        .allMatch(event -> event.get("dur").asDouble() > 0);
  }

  @Test
  void trace_in_a_folder_that_does_not_exist_is_refused() throws IOException {
    CommandRun run = small("--trace", folder.resolve("no/trace.json").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().get("error").asText()).contains("--trace", "NoSuchFile");
    assertThat(out).doesNotExist();
  }

  @Test
  void inversion_is_bitwise_the_same_for_any_number_of_threads() throws IOException {
    JsonNode one = small("--threads", "1").json();
    SpeedModel first = ModelFile.read(out.resolve("result.h5"));
    JsonNode three = small("--threads", "3").json();
    assertThat(three.get("loss")).isEqualTo(one.get("loss"));
    assertThat(ModelFile.read(out.resolve("result.h5"))).isEqualTo(first);
  }

  @Test
  void seed_changes_the_noise_and_so_the_loss() throws IOException {
    assertThat(small("--seed", "2").json().get("loss")).isNotEqualTo(small().json().get("loss"));
  }

  @Test
  void start_at_the_truth_has_a_smaller_loss_than_one_in_water() throws IOException {
    // Not zero: the data is simulated on a finer grid, and has noise.
    JsonNode atTruth = small("--start", model.toString()).json();
    double inWater = small().json().get("loss").get(0).asDouble();
    assertThat(atTruth.get("initial_rmse_mps").asDouble()).isZero();
    assertThat(atTruth.get("loss").get(0).asDouble()).isPositive().isLessThan(0.5 * inWater);
  }

  @Test
  void text_report_says_the_error_and_where_the_results_are() {
    CommandRun run =
        CommandRun.of(
            "invert",
            "--out",
            out.toString(),
            "--model",
            model.toString(),
            "--iterations",
            "1",
            "--frequencies",
            "0.2e6",
            "--shots",
            "4",
            "--shots-per-iteration",
            "4");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("error (RMSE)", "m/s inside the ring", "wavelet", "results      in " + out);
  }

  @ParameterizedTest
  @CsvSource({
    "--iterations,0,at least 1",
    "--shots,0,from 1 to 128",
    "--shots,129,from 1 to 128",
    "--shots-per-iteration,65,from 1 to the number of shots",
    "--threads,0,at least 1",
    "--frequencies,0.3,such as 0.2e6",
    "--frequencies,fast,'fast'",
    "--seed,one,'one'",
    "--colour,red,Unknown options"
  })
  void wrong_options_say_what_is_expected(String option, String value, String expected)
      throws IOException {
    CommandRun run = invert(option, value);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(expected, "See stride invert --help").doesNotContain("\tat ");
    assertThat(run.json().get("error").asText()).contains(expected);
    assertThat(out).doesNotExist();
  }

  private void assertFails(CommandRun run, String... parts) throws IOException {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(parts).startsWith("stride invert: ").doesNotContain("\tat ");
    assertThat(run.json().get("error").asText()).contains(parts[0]);
    assertThat(out).doesNotExist();
  }

  @Test
  void missing_model_leaves_nothing_behind() throws IOException {
    assertFails(invert("--model", folder.resolve("none.h5").toString()), "there is no such file");
  }

  @Test
  void truncated_model_leaves_nothing_behind() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(bytes, bytes.length / 2));
    assertFails(small(), "truncated");
  }

  @Test
  void model_with_nan_leaves_nothing_behind() throws IOException {
    float[][] data = new float[61][61];
    for (float[] row : data) {
      Arrays.fill(row, 1500);
    }
    data[30][31] = Float.NaN;
    Files.delete(model);
    try (WritableHdfFile file = HdfFile.write(model)) {
      file.putDataset("data", data);
      file.putGroup("space").putDataset("spacing", new double[] {1e-3, 1e-3});
    }
    assertFails(small(), "data[30, 31] is NaN");
  }

  @Test
  void model_too_small_for_a_ring_says_so() throws IOException {
    SpeedModel tiny = SpeedModel.homogeneous(Grid.centred(40, 40, 1e-3), 1500);
    ModelFileWriter.write(model, tiny, 15, new TimeAxis(2, 1e-7));
    assertFails(small(), "39 x 39 mm", "at least 50 mm");
  }

  @Test
  void output_folder_that_cannot_be_made_says_so() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    out = file.resolve("out");
    assertFails(small(), "results cannot be written", "--out");
  }

  @Test
  void start_outside_the_bounds_says_so() throws IOException {
    assertFails(small("--start", "1700"), "1700 to 1700 m/s", "1400 to 1650");
  }

  @Test
  void start_on_another_grid_says_so() throws IOException {
    Path other = folder.resolve("other.h5");
    SpeedModel model = SpeedModel.homogeneous(Grid.centred(50, 61, 1e-3), 1500);
    ModelFileWriter.write(other, model, 15, new TimeAxis(2, 1e-7));
    assertFails(small("--start", other.toString()), "50 x 61", "61 x 61");
  }

  @Test
  void unknown_device_says_which_there_are() throws IOException {
    assertFails(small("--device", "opencl:7"), "opencl:7", "cpu");
  }

  @Test
  void debug_prints_the_stack_trace() {
    CommandRun run = invert("--model", folder.resolve("none.h5").toString(), "--debug");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("\tat dev.stride.cli");
  }
}
