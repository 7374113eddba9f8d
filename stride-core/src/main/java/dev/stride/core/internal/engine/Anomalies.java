package dev.stride.core.internal.engine;

import dev.stride.api.spi.VectorSpace.Range;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.Layout;
import org.jspecify.annotations.Nullable;

/** Finds the first operator that produced a NaN or an infinity. */
final class Anomalies {

  private final EngineCore engine;
  private final boolean always;

  Anomalies(EngineCore engine, boolean always) {
    this.engine = engine;
    this.always = always;
  }

  /** Whether a run looks for them. */
  boolean isWanted(boolean byRun) {
    return always || byRun;
  }

  /** Looks at the outputs of a forward. */
  void checkForward(OngoingCall call, Layout outputs, Object[] places) {
    if (always) {
      for (int place = 0; place < places.length; place++) {
        check(call, "output", outputs.path(place), places[place]);
      }
    }
  }

  /** Looks at the gradients that an adjoint returned. */
  void checkAdjoint(NodeAdjoint call, @Nullable Object[] gradients) {
    for (int place = 0; place < gradients.length; place++) {
      Object gradient = gradients[place];
      if (gradient != null) {
        check(call, "gradient of", call.layout.path(place), gradient);
      }
    }
  }

  /** Looks at a seed. */
  void checkSeed(String root, Object seed) {
    Range range = range(seed);
    if (range != null && !range.isFinite()) {
      throw new IllegalArgumentException(
          "the seed of '" + root + "' is not finite: " + range + ". Anomaly detection is on.");
    }
  }

  private void check(PlacedCall call, String what, String path, Object value) {
    Range range = range(value);
    if (range != null && !range.isFinite()) {
      throw new ContractException(
          path,
          "the "
              + what
              + " `"
              + path
              + "` is not finite: "
              + range
              + ". Ranges of the inputs: "
              + ranges(call)
              + ". No operator before it produced such a value.");
    }
  }

  private String ranges(PlacedCall call) {
    StringBuilder text = new StringBuilder();
    for (int place = 0; place < call.layout.size(); place++) {
      Object value = call.valueAt(place);
      Range range = value == null ? null : range(value);
      text.append(place == 0 ? "" : ", ").append(call.layout.path(place)).append(": ");
      text.append(range != null ? range : value == null ? "not kept" : value);
    }
    return text.toString();
  }

  private @Nullable Range range(Object value) {
    return engine.values().space(value).map(space -> space.range(value)).orElse(null);
  }
}
