package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The transforms of lengths that were used last, with their tables. Thread-safe.
 *
 * <p>The tables of a length take about as many numbers as a few lines of it. The cache keeps no
 * more than {@value #NUMBERS} numbers and drops what was not used for longest; a length that alone
 * is longer is made anew for each call.
 */
final class Plans {

  private static final int NUMBERS = 1 << 24;

  private final Passes floats = new Passes(DataType.FLOAT32);
  private final Passes doubles = new Passes(DataType.FLOAT64);
  private final Map<Key, Object> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long numbers;

  private record Key(String kind, DataType type, int length) {}

  /** The passes of a type. */
  Passes passes(DataType type) {
    return type == DataType.FLOAT32 ? floats : doubles;
  }

  /** Transforms along lines of a length. */
  Lines lines(DataType type, int length) {
    return (Lines) get(new Key("lines", type, length), () -> Lines.of(length, passes(type)));
  }

  /** Transforms along columns of a length. */
  Columns columns(DataType type, int length) {
    return (Columns) get(new Key("columns", type, length), () -> Columns.of(length, passes(type)));
  }

  /** Transforms of real lines of a length. */
  RealLines realLines(DataType type, int length) {
    return (RealLines)
        get(new Key("real", type, length), () -> new RealLines(length, passes(type)));
  }

  private Object get(Key key, Supplier<Object> maker) {
    synchronized (kept) {
      Object known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    Object made = maker.get();
    synchronized (kept) {
      keep(key, made);
    }
    return made;
  }

  private void keep(Key key, Object made) {
    if (kept.put(key, made) == null) {
      numbers += key.length;
    }
    var eldest = kept.entrySet().iterator();
    while (numbers > NUMBERS && eldest.hasNext()) {
      numbers -= eldest.next().getKey().length;
      eldest.remove();
    }
  }
}
