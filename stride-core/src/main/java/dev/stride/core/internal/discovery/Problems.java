package dev.stride.core.internal.discovery;

import dev.stride.api.StrideException;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a start, so that it is said once. */
final class Problems {

  private final List<StrideException> found = new ArrayList<>();

  void add(String id, String text) {
    found.add(new StrideException(id, text));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** The only problem, or one that lists all. */
  StrideException exception() {
    if (found.size() == 1) {
      return found.getFirst();
    }
    StringBuilder text = new StringBuilder(found.size() + " problems prevent the start:");
    for (int i = 0; i < found.size(); i++) {
      String problem = String.valueOf(found.get(i).getMessage());
      text.append("\n").append(i + 1).append(") ").append(problem.replace("\n", "\n   "));
    }
    StrideException all = new StrideException("Configuration", text.toString());
    found.forEach(all::addSuppressed);
    return all;
  }
}
