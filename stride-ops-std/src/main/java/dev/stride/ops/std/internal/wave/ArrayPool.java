package dev.stride.ops.std.internal.wave;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Large arrays for another use: fresh ones cost more than what is computed into them.
 *
 * <p>It holds no more than was once in use at the same time, and the collector takes that when
 * memory runs short. Thread-safe.
 */
public final class ArrayPool {

  private final Map<Key, Deque<SoftReference<Object>>> free = new HashMap<>();

  /** An empty pool. */
  public ArrayPool() {}

  /** An array of this length with any content. */
  @SuppressWarnings("unchecked")
  <A> A take(Precision<A> precision, int length) {
    Object used = poll(new Key(precision, length));
    return used == null ? precision.allocate(length) : (A) used;
  }

  private synchronized @Nullable Object poll(Key key) {
    Deque<SoftReference<Object>> waiting = free.get(key);
    while (waiting != null && !waiting.isEmpty()) {
      Object array = waiting.pop().get();
      if (array != null) {
        return array;
      }
    }
    return null;
  }

  /** Gives back an array that nobody uses any more. */
  synchronized <A> void give(Precision<A> precision, A array) {
    Key key = new Key(precision, precision.length(array));
    free.computeIfAbsent(key, k -> new ArrayDeque<>()).push(new SoftReference<>(array));
  }

  private record Key(Precision<?> precision, int length) {}
}
