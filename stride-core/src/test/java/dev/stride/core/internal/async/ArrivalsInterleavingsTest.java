package dev.stride.core.internal.async;

import static dev.stride.core.fixtures.Interleavings.check;
import static dev.stride.core.fixtures.Interleavings.race;
import static dev.stride.core.fixtures.Interleavings.shared;

import dev.stride.core.fixtures.Interleavings;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What waits for several values runs once and after the last, in every schedule. */
@Tag("interleavings")
class ArrivalsInterleavingsTest {

  @Test
  void runs_once_when_all_are_there_though_they_come_while_they_are_named() {
    Interleavings.walk(
        Interleavings.MANY,
        () -> {
          Pending<String> first = shared(new Pending<>());
          Pending<String> second = shared(new Pending<>());
          AtomicInteger ran = new AtomicInteger();
          Arrivals arrivals =
              shared(
                  new Arrivals(() -> {
                    check(first.isDone() && second.isDone(), "it ran before the last was there");
                    ran.incrementAndGet();
                  }));
          race(
              () -> first.complete("first"),
              () -> second.fail(new IllegalStateException()),
              () -> {
                arrivals.await(first);
                arrivals.await(second);
                arrivals.run();
              });
          check(ran.get() == 1, "it ran so many times: " + ran);
        });
  }
}
