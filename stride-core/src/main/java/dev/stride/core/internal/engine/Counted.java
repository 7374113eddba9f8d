package dev.stride.core.internal.engine;

/** Numbers of things as messages print them. */
final class Counted {

  private Counted() {}

  /** {@code 1 gradient}, {@code 2 gradients}. */
  static String of(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
