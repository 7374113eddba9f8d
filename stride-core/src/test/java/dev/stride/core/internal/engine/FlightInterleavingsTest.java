package dev.stride.core.internal.engine;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call that has left its thread ends once, whoever ends it, in every schedule. */
@Tag("interleavings")
class FlightInterleavingsTest {

  private static final Throwable REASON = new Throwable("a reason", null, false, false) {};

  @Test
  void a_call_ends_once_whether_its_operator_a_cancellation_or_a_closing_engine_ends_it() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          CountingCall call = shared(new CountingCall(true));
          race(
              call.flight::run,
              () -> call.flight.cancel(REASON),
              () -> call.flight.abandon(REASON));
          check(call.ends.get() == 1, "it ended " + call.ends + " times");
        });
  }

  @Test
  void cancelling_ends_a_call_before_its_operator_runs_and_leaves_it_alone_after() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          CountingCall call = shared(new CountingCall(false));
          race(call.flight::run, () -> call.flight.cancel(REASON));
          boolean ended = call.flight.hasEnded();
          check(ended || call.forwards.get() == 1, "nobody has it: neither run nor cancelled");
          call.flight.cancel(REASON);
          check(ended == call.flight.hasEnded(), "cancelled while its operator runs");
        });
  }

  @Test
  void cancelling_leaves_an_operator_alone_that_runs_and_abandoning_does_not() {
    CountingCall call = new CountingCall(false);
    call.flight.run();
    call.flight.cancel(REASON);
    check(!call.flight.hasEnded(), "cancelled while its operator runs");
    call.flight.abandon(REASON);
    check(call.flight.hasEnded(), "not abandoned");
  }

  @Test
  void an_operator_does_not_begin_what_has_ended() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          CountingCall call = shared(new CountingCall(true));
          race(
              () -> {
                call.flight.cancel(REASON);
                call.flight.run();
              },
              () -> call.flight.abandon(REASON));
          check(call.forwards.get() == 0, "its operator ran after it had ended");
        });
  }

  /** Counts how often it runs and ends; its operator ends it at once, or later. */
  private static final class CountingCall implements Flight.Call {

    private final Flight flight = new Flight(this);
    private final AtomicInteger forwards = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final boolean endsAtOnce;

    private CountingCall(boolean endsAtOnce) {
      this.endsAtOnce = endsAtOnce;
    }

    @Override
    public void forward() {
      forwards.incrementAndGet();
      if (endsAtOnce) {
        end(REASON);
      }
    }

    @Override
    public void end(Throwable failure) {
      if (flight.claimEnd()) {
        ends.incrementAndGet();
      }
    }

    @Override
    public String name() {
      return "counting";
    }
  }
}
