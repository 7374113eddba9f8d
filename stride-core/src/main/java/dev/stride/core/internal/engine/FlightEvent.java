package dev.stride.core.internal.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

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
}
