package dev.stride.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.cli.inversion.Settings;
import dev.stride.cli.model.ModelFile;
import dev.stride.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops jobs where Ctrl-C would, when their progress says how far they are. */
class InversionJobTest {

  @TempDir Path folder;
  private final AtomicReference<InversionJob> job = new AtomicReference<>();

  /** A job that is cancelled as soon as it says this. */
  private InversionJob.Outcome runUntil(String words) throws IOException {
    PrintStream cancelling =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public PrintStream printf(String format, Object... arguments) {
            if (format.formatted(arguments).contains(words)) {
              job.get().cancel();
            }
            return this;
          }
        };
    Settings settings = new Settings(List.of(0.2e6), 8, 4, 1);
    InversionJob.Request request =
        new InversionJob.Request(
            SmallModel.write(folder), "1500", folder.resolve("out"), settings, 8, 2, "cpu", null);
    job.set(new InversionJob(request, new Terminal(cancelling, false)));
    return job.get().run();
  }

  @Test
  void job_stopped_in_the_inversion_leaves_the_last_finished_iteration() throws IOException {
    InversionJob.Outcome outcome = runUntil("iteration 2,");
    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.json()).containsEntry("stopped", true).containsEntry("iterations", 2);
    assertThat(outcome.lines().getFirst()).contains("stopped after 2 iterations");
    assertThat(ModelFile.read(folder.resolve("out/result.h5")).max()).isGreaterThan(1501);
    assertThat(folder.resolve("out/result.png")).exists();
  }

  @Test
  void job_stopped_while_simulating_leaves_nothing() throws IOException {
    InversionJob.Outcome outcome = runUntil("simulating");
    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.lines())
        .containsExactly("stopped before the first iteration was finished: nothing was written");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
