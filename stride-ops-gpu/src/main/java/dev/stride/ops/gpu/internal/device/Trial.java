package dev.stride.ops.gpu.internal.device;

/** A command to measure groups of work items with, and the memory that it uses. */
public interface Trial extends AutoCloseable {

  /** The command in the groups of a range; it is run several times. */
  Launch in(Range range);

  /** Gives the memory back; commands that use it may be in the queue. */
  @Override
  void close();
}
