package dev.stride.api.spi;

/** Whether a pack can be used on this machine. Immutable. */
public sealed interface Availability {

  /** It can. */
  static Availability available() {
    return new Available();
  }

  /** It cannot. */
  static Availability unavailable(String reason, String remedy) {
    return new Unavailable(reason, remedy);
  }

  /** The pack can be used. */
  record Available() implements Availability {}

  /**
   * The pack cannot be used; the rest works on without it.
   *
   * @param reason what is missing
   * @param remedy what the user can do about it
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}
