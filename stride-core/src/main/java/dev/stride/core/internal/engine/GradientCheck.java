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

  private final NodeAdjoint call;
  private final Layout layout;
  private final @Nullable Object[] places;

  private GradientCheck(NodeAdjoint call) {
    this.call = call;
    this.layout = call.layout;
    this.places = new @Nullable Object[layout.size()];
  }

  /** One gradient a place, of its input's shape and type; null where none is wanted. */
  static @Nullable Object[] places(NodeAdjoint call, @Nullable Gradients gradients) {
    if (gradients == null) {
      throw new ContractException(null, "adjoint returned null. Return Gradients.of(...).");
    }
    GradientCheck check = new GradientCheck(call);
    List<@Nullable Object> positional = gradients.positional();
    if (positional != null) {
      Placement.put(call.plan(), check.layout, positional, check.places);
    } else {
      check.putAll(gradients.byPath());
    }
    check.checkAll();
    return check.places;
  }

  /** Preconditioners a place, each of its input's shape and type; null if there are none. */
  static @Nullable Object @Nullable [] preconditioners(
      NodeAdjoint call, @Nullable Gradients gradients) {
    if (gradients == null || gradients.preconditioners().isEmpty()) {
      return null;
    }
    GradientCheck check = new GradientCheck(call);
    check.putAll(gradients.preconditioners());
    for (int place = 0; place < check.places.length; place++) {
      Object value = check.places[place];
      if (value != null) {
        check.places[place] = call.needsGradAt(place) ? call.checkedGradient(place, value) : null;
      }
    }
    return check.places;
  }

  private void putAll(Map<String, Object> byPath) {
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

  private void checkAll() {
    for (int place = 0; place < places.length; place++) {
      if (!call.needsGradAt(place)) {
        places[place] = null;
      } else {
        places[place] = checked(place, places[place]);
      }
    }
  }

  private Object checked(int place, @Nullable Object gradient) {
    String path = layout.path(place);
    if (gradient == null) {
      throw new ContractException(
          path,
          "adjoint returned no gradient for `"
              + path
              + "`, which needs one. Return a gradient wherever needsGrad is true.");
    }
    return call.checkedGradient(place, gradient);
  }
}
