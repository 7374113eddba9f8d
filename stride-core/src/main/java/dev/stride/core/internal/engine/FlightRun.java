package dev.stride.core.internal.engine;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** One adjoint run in a flight recording. */
@Name("dev.stride.Run")
@Label("Adjoint run")
@Category("Stride")
@Description("One run of an adjoint graph")
@StackTrace(false)
final class FlightRun extends Event {

  @Label("Run")
  long run;

  @Label("Root")
  String root = "";

  @Label("Nodes")
  long nodes;

  @Label("Failed")
  boolean failed;
}
