package dev.stride.core.internal.graph;

/**
 * A run as messages name it.
 *
 * @param number counts the runs of an engine from 1
 * @param root names of its roots
 */
public record RunLabel(long number, String root) implements Owner {

  @Override
  public RunLabel run() {
    return this;
  }

  @Override
  public String toString() {
    return "run " + number + " (root '" + root + "')";
  }
}
