package dev.stride.api.spi;

import java.util.Objects;

/**
 * Something that a pack sees of the machine, for people: a device that it can use, or what keeps it
 * from using one.
 *
 * @param topic what, in a word: {@code opencl}
 * @param detail what was found
 * @param remedy what the user can do about it; empty if nothing is wrong
 */
public record Diagnostic(String topic, String detail, String remedy) {

  /** Checks that nothing is null. */
  public Diagnostic {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(remedy, "remedy");
  }
}
