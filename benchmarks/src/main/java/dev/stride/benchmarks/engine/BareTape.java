package dev.stride.benchmarks.engine;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The least that records operators on values of any type and runs their adjoints: arrays that grow,
 * on one thread, with nothing asynchronous, checked, shared, timed or cancelled. Values are the
 * caller's, who gives each entry the entry that it came from.
 */
final class BareTape<T> {

  /** An operator with one input, whose adjoint needs no value. */
  interface TapeOperator<T> {

    T forward(T x);

    T adjoint(T cotangent);
  }

  private final BinaryOperator<T> plus;
  private @Nullable TapeOperator<T>[] operators = operators(16);
  private int[] sources = new int[16];
  private @Nullable Object[] cotangents = new @Nullable Object[16];
  private int size;

  BareTape(BinaryOperator<T> plus) {
    this.plus = plus;
  }

  /** Records an input; its number. */
  int input() {
    return push(null, -1);
  }

  /** Records the use of an operator on the value of an entry; its number. */
  int push(@Nullable TapeOperator<T> operator, int source) {
    if (size == sources.length) {
      operators = Arrays.copyOf(operators, 2 * size);
      sources = Arrays.copyOf(sources, 2 * size);
      cotangents = Arrays.copyOf(cotangents, 2 * size);
    }
    operators[size] = operator;
    sources[size] = source;
    return size++;
  }

  /** Adds a cotangent to that of an entry. */
  @SuppressWarnings("unchecked") // Only this method puts cotangents.
  void add(int entry, T cotangent) {
    Object before = cotangents[entry];
    cotangents[entry] = before == null ? cotangent : plus.apply((T) before, cotangent);
  }

  /** Runs the adjoints, newest entry first, and forgets everything; the input's gradient. */
  @SuppressWarnings("unchecked")
  T adjoint(int input) {
    for (int entry = size - 1; entry > input; entry--) {
      TapeOperator<T> operator = operators[entry];
      Object cotangent = cotangents[entry];
      if (operator != null && cotangent != null) {
        add(sources[entry], operator.adjoint((T) cotangent));
      }
      operators[entry] = null;
      cotangents[entry] = null;
    }
    T gradient = (T) Objects.requireNonNull(cotangents[input], "no cotangent arrived");
    cotangents[input] = null;
    size = 0;
    return gradient;
  }

  @SuppressWarnings("unchecked") // Empty.
  private static <T> @Nullable TapeOperator<T>[] operators(int length) {
    return (TapeOperator<T>[]) new TapeOperator<?>[length];
  }
}
