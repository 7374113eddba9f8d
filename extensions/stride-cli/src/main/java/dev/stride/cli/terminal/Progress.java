package dev.stride.cli.terminal;

/** Shows how far some work is. Not safe for concurrent use. */
public interface Progress extends AutoCloseable {

  /**
   * Some work is done.
   *
   * @param amount of work, in the unit of the total
   * @param note what was done, shown to the user
   */
  void advance(long amount, String note);

  /** Ends the display; further calls do nothing. */
  @Override
  void close();
}
