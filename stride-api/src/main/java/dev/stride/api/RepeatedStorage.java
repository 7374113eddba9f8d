package dev.stride.api;

import dev.stride.api.internal.Repetition;
import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.HeapStorage.Floats;
import dev.stride.api.spi.TensorStorage;
import org.jspecify.annotations.Nullable;

/**
 * Few elements, each of which stands for many: written out when somebody asks for an array, once,
 * and kept then. Never leaves {@link Tensor}, so that whoever asks a tensor for its storage gets
 * one of those that he knows. Thread-safe.
 */
final class RepeatedStorage implements TensorStorage {

  private final HeapStorage few;
  private final Repetition repetition;
  private volatile @Nullable HeapStorage written;

  RepeatedStorage(HeapStorage few, Repetition repetition) {
    this.few = few;
    this.repetition = repetition;
  }

  HeapStorage few() {
    return few;
  }

  Repetition repetition() {
    return repetition;
  }

  @Override
  public DataType dataType() {
    return few.dataType();
  }

  @Override
  public int size() {
    return repetition.size();
  }

  @Override
  public Device device() {
    return few.device();
  }

  @Override
  public double get(int index) {
    HeapStorage all = written;
    return all == null ? few.get(repetition.position(index)) : all.get(index);
  }

  @Override
  public HeapStorage toHeap() {
    HeapStorage known = written;
    return known == null ? write() : known;
  }

  private synchronized HeapStorage write() {
    HeapStorage known = written;
    if (known == null) {
      known =
          switch (few) {
            case Floats(float[] array) -> new Floats(spread(array));
            case Doubles(double[] array) -> new Doubles(spread(array));
          };
      written = known;
    }
    return known;
  }

  /** A new array in which these numbers stand for the few. */
  float[] spread(float[] numbers) {
    float[] all = new float[size()];
    repetition.write(numbers, all);
    return all;
  }

  /** A new array in which these numbers stand for the few. */
  double[] spread(double[] numbers) {
    double[] all = new double[size()];
    repetition.write(numbers, all);
    return all;
  }
}
