package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

/**
 * The tables of lengths that were transformed last, in the memory of one device: computed in
 * float64 on the host whatever the type. No more than {@value #NUMBERS} numbers, of which what was
 * not used for longest goes first; a length that alone has more is made anew for each call. What a
 * call has taken stays until it lets go. Thread-safe.
 */
public final class Tables {

  private static final int NUMBERS = 1 << 24;

  private final Map<Key, Object> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long numbers;

  /** None yet. */
  public Tables() {}

  private record Key(Class<?> kind, int length, DataType type) {}

  /** Roots of unity: number k is {@code cos(2 pi k / n) - i sin(2 pi k / n)}. */
  record Roots(Tensor cosines, Tensor sines) {}

  Roots roots(ComputeDevice device, int length, DataType type) {
    return get(
        Roots.class,
        length,
        type,
        () ->
            new Roots(
                table(device, length, type, k -> UnitRoots.cos(k, length)),
                table(device, length, type, k -> UnitRoots.sin(k, length))));
  }

  Chirp chirp(ComputeDevice device, int length, DataType type) {
    return get(Chirp.class, length, type, () -> Chirp.of(device, length, type));
  }

  private synchronized <T> T get(Class<T> kind, int length, DataType type, Supplier<T> make) {
    Key key = new Key(kind, length, type);
    Object known = kept.get(key);
    if (known == null) {
      known = make.get();
      keep(key, known);
    }
    return kind.cast(known);
  }

  private void keep(Key key, Object made) {
    kept.put(key, made);
    numbers += key.length;
    var eldest = kept.entrySet().iterator();
    while (numbers > NUMBERS) {
      numbers -= eldest.next().getKey().length;
      eldest.remove();
    }
  }

  static Tensor table(ComputeDevice device, int size, DataType type, IntToDoubleFunction number) {
    double[] numbers = new double[size];
    for (int k = 0; k < size; k++) {
      numbers[k] = number.applyAsDouble(k);
    }
    return device.upload(Tensor.adopt(Shape.of(size), numbers).cast(type));
  }
}
