package dev.stride.cli;

import dev.stride.api.Device;
import dev.stride.api.Engine;
import dev.stride.api.RunCancelledException;
import dev.stride.api.StrideException;
import dev.stride.cli.files.AtomicFile;
import dev.stride.cli.files.OutputFolder;
import dev.stride.cli.inversion.DeviceChoice;
import dev.stride.cli.inversion.Discretisation;
import dev.stride.cli.inversion.Inversion;
import dev.stride.cli.inversion.MemoryPlan;
import dev.stride.cli.inversion.ObservedData;
import dev.stride.cli.inversion.Settings;
import dev.stride.cli.model.ModelFileWriter;
import dev.stride.cli.model.SpeedModel;
import dev.stride.cli.pictures.PictureFile;
import dev.stride.cli.report.InversionPictures;
import dev.stride.cli.report.InversionReport;
import dev.stride.cli.report.Json;
import dev.stride.cli.terminal.Progress;
import dev.stride.cli.terminal.Terminal;
import dev.stride.core.ChromeTrace;
import dev.stride.core.Stride;
import dev.stride.core.StrideBuilder;
import dev.stride.core.TransferPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One inversion from reading the model to writing the results. To be run once. */
final class InversionJob {

  /** Cost of simulating a shot on the finer grid, relative to a forward on the inversion's. */
  private static final int SIMULATION_COST = 2;

  /** Cost of a shot in an iteration: forward, adjoint (about two forwards) and the trial step. */
  private static final int ITERATION_COST = 4;

  /** One is prepared on the host while the device computes another. */
  private static final int SHOTS_ON_DEVICE = 2;

  private final Request request;
  private final Terminal terminal;
  private final long begin = System.nanoTime();
  private final List<Inversion.Iteration> finished = new ArrayList<>();
  private volatile boolean cancelled;
  private volatile @Nullable Inversion inversion;

  InversionJob(Request request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
  }

  /**
   * What to do.
   *
   * @param model file of the truth; null: a phantom
   * @param start a speed in m/s or a model file
   * @param out folder for results
   * @param settings of the inversion; their seed is the phantom's and the noise's too
   * @param shots transducers that send
   * @param threads to compute with
   * @param device to compute on
   * @param trace file for what operators did; null: none
   */
  record Request(
      @Nullable Path model,
      String start,
      Path out,
      Settings settings,
      int shots,
      int threads,
      String device,
      @Nullable Path trace) {}

  /**
   * What came of it.
   *
   * @param json as one document
   * @param lines for people
   * @param exitCode of the program
   */
  record Outcome(Map<String, Object> json, List<String> lines, int exitCode) {}

  /** Ends {@link #run} soon; it then reports the iterations that are finished. */
  void cancel() {
    cancelled = true;
    Inversion running = inversion;
    if (running != null) {
      running.cancel();
    }
  }

  Outcome run() throws IOException {
    PictureFile.requireFonts();
    Problem problem = Problem.of(request.model(), request.settings().seed(), request.shots());
    problem.scan().discretisation().requireCarried(request.settings().frequencies());
    SpeedModel start = problem.start(request.start());
    int concurrentShots = concurrentShots(problem);
    try (OutputFolder folder = OutputFolder.prepare(request.out());
        ChromeTrace trace = trace();
        Stride stride = stride(trace)) {
      Device device = DeviceChoice.of(stride, request.device());
      ObservedData observed =
          invert(stride, device, problem, start, concurrentShots, folder.path());
      return finished.isEmpty() ? nothing() : report(problem, start, observed, folder.path());
    } catch (UncheckedIOException failure) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private @Nullable ChromeTrace trace() {
    Path file = request.trace();
    try {
      return file == null ? null : ChromeTrace.to(file);
    } catch (IOException failure) {
      throw new StrideException(
          "TraceFile",
          file
              + ": a trace cannot be written there: "
              + failure
              + ". Give --trace a file in a folder that exists.",
          failure);
    }
  }

  private Stride stride(@Nullable ChromeTrace trace) {
    StrideBuilder builder =
        Stride.builder()
            .threads(request.threads())
            .transferPolicy(isOnProcessor() ? TransferPolicy.EXPLICIT : TransferPolicy.AUTOMATIC);
    return (trace == null ? builder : builder.listener(trace)).build();
  }

  private boolean isOnProcessor() {
    return new Device(request.device()).matches(Device.CPU);
  }

  /** Shots at once as far as the heap goes; of those that are in a device's memory, some. */
  private int concurrentShots(Problem problem) {
    int wanted = Math.min(request.threads(), request.settings().shotsPerIteration());
    return isOnProcessor()
        ? plan(problem, wanted).concurrentShots()
        : Math.min(SHOTS_ON_DEVICE, request.settings().shotsPerIteration());
  }

  private MemoryPlan plan(Problem problem, int wanted) {
    Discretisation discretisation = problem.scan().discretisation();
    int receivers = problem.scan().ring().receivers();
    MemoryPlan memory = MemoryPlan.of(discretisation, receivers, request.shots(), wanted);
    if (memory.isReduced()) {
      terminal.say("note: memory allows " + memory.text());
    }
    return memory;
  }

  private @Nullable ObservedData invert(
      Engine engine,
      Device device,
      Problem problem,
      SpeedModel start,
      int concurrentShots,
      Path folder) {
    Inversion prepared =
        new Inversion(engine, device, problem.scan(), request.settings(), concurrentShots);
    inversion = prepared;
    List<Integer> shots = prepared.shotsNeeded();
    int iterations = request.settings().iterations() * request.settings().frequencies().size();
    long simulation = (long) SIMULATION_COST * shots.size();
    long iteration = (long) ITERATION_COST * request.settings().shotsPerIteration();
    ObservedData observed = null;
    try (Progress progress = terminal.start("invert", simulation + iterations * iteration)) {
      observed =
          ObservedData.simulate(
              engine,
              device,
              problem.scan(),
              problem.fineTruth(),
              shots,
              () -> {
                requireNotCancelled();
                progress.advance(SIMULATION_COST, "simulating the observed traces");
              });
      prepared.run(
          observed,
          start,
          step -> {
            keep(step, problem, folder);
            progress.advance(iteration, note(step));
          });
    } catch (RunCancelledException stopped) {
      if (!cancelled) {
        throw stopped;
      }
    }
    return observed;
  }

  private void requireNotCancelled() {
    if (cancelled) {
      throw new RunCancelledException("the inversion was stopped");
    }
  }

  private String note(Inversion.Iteration step) {
    return "up to %s, iteration %d, loss %.3e"
        .formatted(
            InversionPictures.megahertz(request.settings().frequencies().get(step.band())),
            step.index() + 1,
            step.loss());
  }

  private void keep(Inversion.Iteration step, Problem problem, Path folder) {
    finished.add(step);
    Discretisation discretisation = problem.scan().discretisation();
    try {
      ModelFileWriter.write(
          folder.resolve("result.h5"), step.model(), discretisation.layer(), discretisation.time());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure.getMessage(), failure);
    }
  }

  private Outcome report(
      Problem problem, SpeedModel start, @Nullable ObservedData observed, Path folder)
      throws IOException {
    SpeedModel result = finished.getLast().model();
    InversionPictures pictures = new InversionPictures(folder);
    pictures.maps(problem.truth(), start, result, problem.scan().ring());
    if (observed != null) {
      int shot = observed.shots().getFirst();
      pictures.traces(problem.scan().ring(), shot, observed.shot(shot));
    }
    pictures.losses(finished, request.settings().frequencies());
    InversionReport report =
        new InversionReport(
            problem.name(),
            problem.truth(),
            start,
            result,
            problem.scan().ring().radius(),
            request.shots(),
            request.settings().frequencies(),
            problem.lesions(),
            finished,
            (System.nanoTime() - begin) * 1e-9,
            request.threads(),
            request.device(),
            pictures.written());
    Map<String, Object> json = report.json();
    json.put("stopped", cancelled);
    json.put("result", folder.resolve("result.h5").toString());
    AtomicFile.write(
        folder.resolve("report.json"), file -> Files.writeString(file, Json.text(json)));
    List<String> lines = new ArrayList<>(report.lines());
    if (cancelled) {
      lines.addFirst("stopped after %d iterations".formatted(finished.size()));
    }
    lines.add("results      in " + folder);
    return new Outcome(json, lines, cancelled ? InterruptibleJob.INTERRUPTED : 0);
  }

  private static Outcome nothing() {
    String text = "stopped before the first iteration was finished: nothing was written";
    return new Outcome(
        Map.of("stopped", true, "iterations", 0), List.of(text), InterruptibleJob.INTERRUPTED);
  }
}
