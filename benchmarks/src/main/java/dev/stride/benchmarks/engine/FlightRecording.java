package dev.stride.benchmarks.engine;

import jdk.jfr.Recording;

/** Flight recordings of everything that the engine tells. */
final class FlightRecording {

  private FlightRecording() {}

  /** Runs something while a recording runs, which is thrown away. */
  static void during(Runnable work) {
    try (Recording recording = new Recording()) {
      recording.enable("dev.stride.Operator");
      recording.enable("dev.stride.Run");
      recording.enable(BareEvents.NAME);
      recording.start();
      work.run();
    }
  }
}
