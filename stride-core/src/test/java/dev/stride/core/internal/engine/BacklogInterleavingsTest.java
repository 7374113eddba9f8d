package dev.stride.core.internal.engine;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** E1. The bound on unfinished calls holds, and nobody waits for ever, in every schedule. */
@Tag("interleavings")
class BacklogInterleavingsTest {

  @Test
  void whoever_waits_for_room_gets_it() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          Backlog backlog = shared(new Backlog(1));
          AtomicInteger unfinished = shared(new AtomicInteger());
          Runnable call = () -> callOnce(backlog, unfinished);
          race(call, call, call);
        });
  }

  @Test
  void room_that_another_took_first_is_waited_for_again() {
    Interleavings.walk(
        Interleavings.DEEP,
        () -> {
          Backlog backlog = shared(new Backlog(1));
          AtomicInteger unfinished = shared(new AtomicInteger());
          Runnable call = () -> callOnce(backlog, unfinished);
          backlog.enter();
          race(
              call,
              () -> {
                backlog.leave();
                call.run();
              });
        });
  }

  @Test
  void closing_lets_everybody_through() {
    Interleavings.walk(
        Interleavings.FEW,
        () -> {
          Backlog backlog = shared(new Backlog(1));
          race(backlog::enter, backlog::enter, backlog::enter, backlog::close);
        });
  }

  private static void callOnce(Backlog backlog, AtomicInteger unfinished) {
    backlog.enter();
    check(unfinished.incrementAndGet() == 1, "more calls than the bound");
    unfinished.decrementAndGet();
    backlog.leave();
  }
}
