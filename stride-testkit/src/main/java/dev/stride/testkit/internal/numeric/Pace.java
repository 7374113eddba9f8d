package dev.stride.testkit.internal.numeric;

/** How long the steps are that a check takes from the sample's point, apart from a factor. */
public enum Pace {
  /** As long as the largest element of the input that they go along. */
  EVEN {
    @Override
    public Vec along(Subject subject, int block, Vec noise) {
      return noise.only(block).times(subject.step(block));
    }
  },
  /** Each element by its own size, for inputs whose elements differ too much for one length. */
  PROPORTIONAL {
    @Override
    public Vec along(Subject subject, int block, Vec noise) {
      return subject.proportional(block, noise);
    }
  },
  /**
   * As long as the largest element of any input, or one: for inputs so small that what they change
   * drowns in the rounding of the outputs. Steps so long may leave what is fine near the point
   * unseen, so they can show that a gradient is right, and not that it is wrong.
   */
  WIDE {
    @Override
    public Vec along(Subject subject, int block, Vec noise) {
      return noise.only(block).times(subject.widest());
    }
  };

  /** A direction in one block, from numbers near one. */
  public abstract Vec along(Subject subject, int block, Vec noise);
}
