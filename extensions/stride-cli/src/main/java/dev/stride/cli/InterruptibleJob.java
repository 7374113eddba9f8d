package dev.stride.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a job so that Ctrl-C ends it in good order: the job is cancelled, and the JVM waits until
 * what it has done is on disk.
 */
final class InterruptibleJob {

  /** The exit code of a program that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private static final int PATIENCE_SECONDS = 30;

  private InterruptibleJob() {}

  /** Shows what a job came to. */
  @FunctionalInterface
  interface Presenter {
    /** Shows it and returns the exit code. */
    int present(InversionJob.Outcome outcome);
  }

  static int run(InversionJob job, Presenter presenter) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> cancelAndWait(job, done), "stride-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return presenter.present(job.run());
    } finally {
      done.countDown();
      remove(hook);
    }
  }

  private static void cancelAndWait(InversionJob job, CountDownLatch done) {
    job.cancel();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("stride: gave up waiting for the end of the iteration");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook runs already and has just been let go.
    }
  }
}
