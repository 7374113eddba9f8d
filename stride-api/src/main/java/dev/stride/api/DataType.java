package dev.stride.api;

/**
 * Element type of a {@link Tensor}: float32 is the working type, float64 is supported everywhere.
 */
public enum DataType {
  /** IEEE 754 binary32, four bytes. */
  FLOAT32("float32", Float.BYTES, 0x1p-23),
  /** IEEE 754 binary64, eight bytes. */
  FLOAT64("float64", Double.BYTES, 0x1p-52);

  private final String text;
  private final int bytes;
  private final double epsilon;

  DataType(String text, int bytes, double epsilon) {
    this.text = text;
    this.bytes = bytes;
    this.epsilon = epsilon;
  }

  /** Bytes that one element takes. */
  public int bytes() {
    return bytes;
  }

  /** Distance from 1 to the next larger number of this type. */
  public double epsilon() {
    return epsilon;
  }

  /** The type's name as messages print it: {@code float32} or {@code float64}. */
  @Override
  public String toString() {
    return text;
  }
}
