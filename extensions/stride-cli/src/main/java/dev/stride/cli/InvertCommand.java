package dev.stride.cli;

import dev.stride.cli.inversion.Settings;
import dev.stride.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The main job: full-waveform inversion of a breast from simulated ultrasound. */
@Command(
    name = "invert",
    sortOptions = false,
    description = {
      "Recover a hidden map of the speed of sound from ultrasound traces.",
      "",
      "A ring of 128 transducers surrounds a breast, a phantom that is drawn from the seed or a"
          + " model from a file. Their traces are simulated on a finer grid, with noise, and"
          + " inverted on the model's own grid by gradient descent through the wave equation."
          + " Writes pictures, the figures (report.json) and the result (result.h5) into a folder;"
          + " Ctrl-C ends it with the last finished iteration."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong options", "130:stopped by Ctrl-C"})
final class InvertCommand implements Callable<Integer> {

  @Option(
      names = "--model",
      paramLabel = "FILE.h5",
      description =
          "Speed of sound to recover: HDF5 with a dataset 'data', [y, x] in m/s, and"
              + " 'space/spacing' in m. Default: a phantom of 201 x 201 nodes of 1 mm.")
  private @Nullable Path model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("inversion");

  @Option(
      names = "--frequencies",
      paramLabel = "HZ",
      split = ",",
      description = "Upper limits of the bands, in Hz. Default: 0.2e6,0.3e6,0.4e6.")
  private List<Double> frequencies = List.of(0.2e6, 0.3e6, 0.4e6);

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Iterations a band. Default: ${DEFAULT-VALUE}.")
  private int iterations = 8;

  @Option(
      names = "--shots",
      paramLabel = "N",
      description = "Transducers that send, up to 128. Default: ${DEFAULT-VALUE}.")
  private int shots = 64;

  @Option(
      names = "--shots-per-iteration",
      paramLabel = "N",
      description = "Shots whose gradients are summed. Default: ${DEFAULT-VALUE}.")
  private int shotsPerIteration = 8;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: one a processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the phantom, the noise and the order of shots. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--start",
      paramLabel = "MPS|FILE.h5",
      description =
          "Where to start: a speed of sound in m/s, or a model file on the same grid. Default:"
              + " ${DEFAULT-VALUE}.")
  private String start = "1500";

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description =
          "Where to compute the waves: cpu, opencl, or one device such as opencl:0, see stride"
              + " doctor. Default: ${DEFAULT-VALUE}.")
  private String device = "cpu";

  @Option(
      names = "--trace",
      paramLabel = "FILE.json",
      description = "Write what every operator did and when, for Perfetto or chrome://tracing.")
  private @Nullable Path trace;

  @Mixin private final CommonOptions options = new CommonOptions();

  @Override
  public Integer call() throws Exception {
    InversionJob job = job();
    return InterruptibleJob.run(
        job,
        outcome -> {
          options.print(outcome.json(), outcome.lines());
          return outcome.exitCode();
        });
  }

  private InversionJob job() {
    require(iterations >= 1, "--iterations is " + iterations + "; expected at least 1");
    require(shots >= 1 && shots <= 128, "--shots is " + shots + "; expected from 1 to 128");
    require(
        shotsPerIteration >= 1 && shotsPerIteration <= shots,
        "--shots-per-iteration is %d; expected from 1 to the number of shots, %d"
            .formatted(shotsPerIteration, shots));
    require(threads >= 1, "--threads is " + threads + "; expected at least 1");
    try {
      Settings settings = new Settings(frequencies, iterations, shotsPerIteration, seed);
      return new InversionJob(
          new InversionJob.Request(model, start, out, settings, shots, threads, device, trace),
          Terminal.standardError());
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(
          options.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private void require(boolean right, String otherwise) {
    if (!right) {
      throw new ParameterException(options.commandLine(), otherwise + ".");
    }
  }
}
