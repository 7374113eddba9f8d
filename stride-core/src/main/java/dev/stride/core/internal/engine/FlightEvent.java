package dev.stride.core.internal.engine;

import dev.stride.api.spi.EngineListener;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** One operator's forward or adjoint in a flight recording. */
@Name("dev.stride.Operator")
@Label("Operator")
@Category("Stride")
@Description("The forward or the adjoint of one operator call")
@StackTrace(false)
final class FlightEvent extends Event {

  @Label("Operator")
  String operator = "";

  @Label("Phase")
  String phase = "";

  @Label("Call")
  @Description("Number of the call within its engine")
  long call;

  @Label("Run")
  @Description("Number of the adjoint run; 0 in forward")
  long run;

  @Label("Failed")
  boolean failed;

  /** Whether flight recordings want operators. */
  static boolean isWanted() {
    return new FlightEvent().isEnabled(); // The compiler makes no object of this.
  }

  /** An event that begins now; null if no recording wants it. */
  static @Nullable FlightEvent begun() {
    if (!isWanted()) {
      return null;
    }
    FlightEvent event = new FlightEvent();
    event.begin();
    return event;
  }

  /** Ends it with what the operator was, and how it ended. */
  void commit(EngineListener.Event what, boolean hasFailed) {
    end();
    if (shouldCommit()) {
      operator = what.name();
      phase = what.phase().name();
      call = what.sequence();
      run = what.run();
      failed = hasFailed;
      commit();
    }
  }
}
