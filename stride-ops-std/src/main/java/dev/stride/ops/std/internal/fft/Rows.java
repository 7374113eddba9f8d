package dev.stride.ops.std.internal.fft;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.HeapArray;

/**
 * Complex rows in split arrays: row {@code i} starts at {@code at + i * stride}.
 *
 * @param re real parts: {@code float[]} or {@code double[]}
 * @param im imaginary parts, of the same type
 * @param at index of the first element
 * @param stride distance of neighbouring rows
 */
record Rows(Object re, Object im, int at, int stride) {

  /** New rows of zeros. */
  static Rows zeros(DataType type, int count, int width) {
    return new Rows(
        HeapArray.zeros(type, count * width), HeapArray.zeros(type, count * width), 0, width);
  }

  /** The same numbers times i and conjugated, which turns a transform to its inverse. */
  Rows swapped() {
    return new Rows(im, re, at, stride);
  }

  /** What is {@code offset} elements further on. */
  Rows from(int offset) {
    return new Rows(re, im, at + offset, stride);
  }

  /** Copies rows of a width to those of {@code to}, which are overwritten. */
  void copyTo(Rows to, int count, int width) {
    for (int i = 0; i < count; i++) {
      System.arraycopy(re, at + i * stride, to.re, to.at + i * to.stride, width);
      System.arraycopy(im, at + i * stride, to.im, to.at + i * to.stride, width);
    }
  }

  /** Sets elements to zero, from one, inclusive, to another, exclusive. */
  void clear(int from, int to) {
    HeapArray.clear(re, at + from, at + to);
    HeapArray.clear(im, at + from, at + to);
  }

  /** The same arrays, read in rows of another distance. */
  Rows every(int distance) {
    return new Rows(re, im, at, distance);
  }
}
