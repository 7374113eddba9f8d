package dev.stride.core.internal.engine;

import dev.stride.api.RunStatistics;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
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
  @Description("Nodes of the graph")
  long nodes;

  @Label("Visited")
  @Description("Nodes whose adjoint or accumulation is done")
  long visited;

  @Label("Saved")
  @Description("What forward had saved for the graph")
  @DataAmount
  long savedBytes;

  @Label("Peak of cotangents")
  @Description("Most bytes of cotangents that were alive at once")
  @DataAmount
  long peakBytes;

  @Label("Failed")
  boolean failed;

  /** Ends it with what a run did. */
  void commit(RunContext context, boolean hasFailed) {
    end();
    if (shouldCommit()) {
      RunStatistics statistics = context.meter().statistics();
      run = context.label().number();
      root = context.label().root();
      nodes = statistics.nodes();
      visited = statistics.visited();
      savedBytes = statistics.savedBytes();
      peakBytes = statistics.peakBytes();
      failed = hasFailed;
      commit();
    }
  }
}
