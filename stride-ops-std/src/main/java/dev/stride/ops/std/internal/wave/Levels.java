package dev.stride.ops.std.internal.wave;

/**
 * The two time levels that are kept, as fields; a step overwrites the older by the newest.
 *
 * @param <A> array type of the fields
 */
public final class Levels<A> {

  private A current;
  private A other;

  /** Both zero. */
  public Levels(Precision<A> precision, FieldLayout layout) {
    current = precision.allocate(layout.size());
    other = precision.allocate(layout.size());
  }

  /** The level that the next step starts from. */
  public A current() {
    return current;
  }

  /** The level before it, or after a step the one that comes next. */
  public A other() {
    return other;
  }

  /** Makes what the step computed the current level. */
  public void swap() {
    A level = current;
    current = other;
    other = level;
  }
}
