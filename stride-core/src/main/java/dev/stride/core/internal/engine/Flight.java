package dev.stride.core.internal.engine;

import dev.stride.core.internal.engine.InFlight.Work;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call that has left the thread that started it. Its operator may end it, or somebody who does
 * not wait for the operator any more: whoever comes first.
 */
final class Flight implements Work, Runnable {

  private final Call call;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile boolean started;

  Flight(Call call) {
    this.call = call;
  }

  /** Notes that the operator runs: from now on cancelling the call is up to the operator. */
  void started() {
    started = true;
  }

  /** Whether somebody ended the call. */
  boolean hasEnded() {
    return ended.get();
  }

  /** Runs the operator, unless the call has ended before. */
  @Override
  public void run() {
    if (!ended.get()) {
      started();
      call.forward();
    }
  }

  /** The first to call this ends the call. */
  boolean claimEnd() {
    return ended.compareAndSet(false, true);
  }

  @Override
  public void cancel(Throwable reason) {
    if (!started) {
      call.end(reason);
    }
  }

  @Override
  public void abandon(Throwable reason) {
    call.end(reason);
  }

  @Override
  public String name() {
    return call.name();
  }

  /** What flies. */
  interface Call {

    /** Runs the operator; its end is claimed here first. */
    void forward();

    /** Ends the call with a failure, if that can be {@linkplain Flight#claimEnd claimed}. */
    void end(Throwable failure);

    /** Of the call, for people. */
    String name();
  }
}
