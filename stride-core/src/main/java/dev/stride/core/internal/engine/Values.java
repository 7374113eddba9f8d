package dev.stride.core.internal.engine;

import dev.stride.api.spi.DoubleSpace;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import dev.stride.api.spi.VectorSpace.Spec;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.Spaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the engine asks about values whose class it may not know. */
final class Values {

  private final Registry registry;
  private final Spaces spaces;

  Values(Registry registry, Spaces spaces) {
    this.registry = registry;
    this.spaces = spaces;
  }

  /** The space of a value, if one knows it. */
  Optional<VectorSpace<Object>> space(Object value) {
    return Spaces.isOfHeap(value) ? Optional.of(spaces.of(value)) : registry.findSpace(value);
  }

  /** Shape and type of a value; null if no space knows it. */
  @Nullable Spec<?> spec(Object value) {
    if (Spaces.isOfHeap(value)) {
      return spaces.spec(value);
    }
    return space(value).<Spec<?>>map(space -> space.spec(value)).orElse(null);
  }

  /** Shape and type of the value of a variable that needs a gradient. */
  Spec<?> specOf(String variable, Object value) {
    Spec<?> spec = spec(value);
    if (spec == null) {
      throw new IllegalArgumentException(
          "variable '"
              + variable
              + "' needs a gradient, but no vector space knows a "
              + value.getClass().getName()
              + ". Register one: OperatorRegistrar.vectorSpace(...).");
    }
    return spec;
  }

  /** Shapes and types of a call's outputs: one, or an array with null for auxiliary ones. */
  Object outputSpecs(Layout outputs, Object[] places) {
    if (places.length == 1) {
      return spaces.spec(places[0]);
    }
    @Nullable Spec<?>[] specs = new @Nullable Spec<?>[places.length];
    for (int place = 0; place < specs.length; place++) {
      specs[place] = outputs.port(place).differentiable() ? spaces.spec(places[place]) : null;
    }
    return specs;
  }

  /** Shape and type of a value as messages print it. */
  String shape(Object value) {
    if (value instanceof Pending<?>) {
      return "pending";
    }
    Spec<?> spec = spec(value);
    return spec == null ? value.getClass().getSimpleName() : spec.toString();
  }

  /** Bytes that a value takes. */
  long bytes(Object value) {
    return spaces.of(value).bytes(value);
  }

  /** Every vector space, those of the heap first. */
  List<VectorSpace<?>> allSpaces() {
    List<VectorSpace<?>> all = new ArrayList<>(List.of(TensorSpace.HEAP, DoubleSpace.INSTANCE));
    all.addAll(registry.spaces());
    return all;
  }
}
