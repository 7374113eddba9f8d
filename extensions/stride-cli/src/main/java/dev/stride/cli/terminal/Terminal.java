package dev.stride.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Standard error: a bar with the time left where a person looks at it, plain lines otherwise.
 *
 * @param out where to write
 * @param interactive whether it is a terminal
 */
public record Terminal(PrintStream out, boolean interactive) {

  private static final int WIDTH = 100;
  private static final int UPDATE_MILLISECONDS = 250;

  /**
   * Standard error. The launcher says in the system property {@code stride.terminal} whether that
   * is a terminal, as the program itself may write to a pipe.
   */
  public static Terminal standardError() {
    return new Terminal(System.err, Boolean.getBoolean("stride.terminal"));
  }

  /** Says something on a line of its own. */
  public void say(String line) {
    out.println(line);
  }

  /**
   * Starts to show work.
   *
   * @param task what is done
   * @param total amount of work
   */
  public Progress start(String task, long total) {
    return interactive ? new Bar(out, task, total) : new Lines(out, task, total);
  }

  private static final class Bar implements Progress {

    private final ProgressBar bar;

    Bar(PrintStream out, String task, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
              .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
              .build();
    }

    @Override
    public void advance(long amount, String note) {
      bar.setExtraMessage(" " + note);
      bar.stepBy(amount);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line each time that a twentieth more is done. */
  private static final class Lines implements Progress {

    private static final int LINES = 20;

    private final PrintStream out;
    private final String task;
    private final long total;
    private final long begin = System.nanoTime();
    private long done;
    private long printed;

    Lines(PrintStream out, String task, long total) {
      this.out = out;
      this.task = task;
      this.total = total;
    }

    @Override
    public void advance(long amount, String note) {
      done += amount;
      long line = done * LINES / total;
      if (line > printed) {
        printed = line;
        out.printf("%s: %d of %d, %s%s%n", task, done, total, note, left());
      }
    }

    private String left() {
      double elapsed = (System.nanoTime() - begin) * 1e-9;
      long seconds = Math.round(elapsed / done * (total - done));
      Duration left = Duration.ofSeconds(seconds);
      return seconds == 0 ? "" : ", %d:%02d left".formatted(left.toMinutes(), left.toSecondsPart());
    }

    @Override
    public void close() {}
  }
}
