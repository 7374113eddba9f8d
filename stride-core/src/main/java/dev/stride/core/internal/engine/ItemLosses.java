package dev.stride.core.internal.engine;

import dev.stride.api.Variable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The items of an accumulation and the user's function that builds the loss of each. */
final class ItemLosses<S, T> {

  private final List<S> items;
  private final Function<? super S, ? extends Variable<T>> loss;
  private final Set<Integer> building = new ConcurrentSkipListSet<>();

  ItemLosses(List<S> items, Function<? super S, ? extends Variable<T>> loss) {
    this.items = items;
    this.loss = loss;
  }

  int count() {
    return items.size();
  }

  /** Builds the loss of an item, in a run as messages name it. */
  Variable<T> of(int item, String run) {
    Variable<T> variable = build(item);
    if (variable == null) {
      throw new IllegalArgumentException(
          run + ": the loss of item " + item + " is null; return a scalar variable");
    }
    return variable;
  }

  private @Nullable Variable<T> build(int item) {
    building.add(item);
    try {
      return loss.apply(items.get(item));
    } finally {
      building.remove(item);
    }
  }

  /** Those that are being built, as messages name them. */
  List<String> building() {
    return building.stream().map(item -> "the loss of item " + item).toList();
  }
}
