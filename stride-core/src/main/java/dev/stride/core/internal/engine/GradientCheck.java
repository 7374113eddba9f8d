package dev.stride.core.internal.engine;

import dev.stride.api.Gradients;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.Layout;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks what an adjoint returned against the signature and the inputs, and puts it at its places.
 */
final class GradientCheck {

  private GradientCheck() {}

  /** One gradient a place, of its input's shape and type; null where none is wanted. */
  static @Nullable Object[] places(NodeAdjoint call, @Nullable Gradients gradients) {
    if (gradients == null) {
      throw new ContractException(null, "adjoint returned null. Return Gradients.of(...).");
    }
    @Nullable Object[] places = new @Nullable Object[call.layout.size()];
    List<@Nullable Object> positional = gradients.positional();
    if (positional == null) {
      putAll(gradients.byPath(), call.layout, places);
    } else {
      Placement.put(call.plan(), call.layout, positional, places);
    }
    for (int place = 0; place < places.length; place++) {
      places[place] = call.needsGradAt(place) ? checked(call, place, places[place]) : null;
    }
    return places;
  }

  /** Preconditioners a place, each of its input's shape and type; null if there are none. */
  static @Nullable Object @Nullable [] preconditioners(
      NodeAdjoint call, @Nullable Gradients gradients) {
    if (gradients == null || gradients.preconditioners().isEmpty()) {
      return null;
    }
    @Nullable Object[] places = new @Nullable Object[call.layout.size()];
    putAll(gradients.preconditioners(), call.layout, places);
    for (int place = 0; place < places.length; place++) {
      Object value = places[place];
      if (value != null) {
        places[place] = call.needsGradAt(place) ? call.checkedGradient(place, value) : null;
      }
    }
    return places;
  }

  private static void putAll(Map<String, Object> byPath, Layout layout, @Nullable Object[] places) {
    byPath.forEach((path, gradient) -> {
      int place = layout.find(path);
      if (place < 0) {
        throw new ContractException(
            path,
            "adjoint returned a gradient for `"
                + path
                + "`, but the call has no such input; it has "
                + layout
                + ".");
      }
      places[place] = gradient;
    });
  }

  private static Object checked(NodeAdjoint call, int place, @Nullable Object gradient) {
    if (gradient == null) {
      String path = call.layout.path(place);
      throw new ContractException(
          path,
          "adjoint returned no gradient for `"
              + path
              + "`, which needs one. Return a gradient wherever needsGrad is true.");
    }
    return call.checkedGradient(place, gradient);
  }
}
