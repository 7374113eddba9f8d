package dev.stride.core.internal.discovery;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names that were probably meant. */
final class Suggestions {

  private static final int MOST = 3;

  private Suggestions() {}

  /** {@code Did you mean "stride.conv"?} and a space before it; empty if nothing is close. */
  static String sentence(String wanted, Collection<String> names) {
    List<String> close = close(wanted, names);
    return close.isEmpty()
        ? ""
        : close.stream()
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(" or ", " Did you mean ", "?"));
  }

  private static List<String> close(String wanted, Collection<String> names) {
    record Scored(String name, int distance) {}
    int limit = Math.max(1, last(wanted).length() / 3);
    return names.stream()
        .distinct()
        .map(name -> new Scored(name, distance(wanted, name)))
        .filter(scored -> scored.distance <= limit)
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(MOST)
        .map(Scored::name)
        .toList();
  }

  /** Edits between the names, or between their last parts if those are closer. */
  private static int distance(String wanted, String name) {
    String a = wanted.toLowerCase(Locale.ROOT);
    String b = name.toLowerCase(Locale.ROOT);
    return Math.min(edits(a, b), edits(last(a), last(b)));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours that turn one into the other. */
  static int edits(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] cost) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
    best = Math.min(best, cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
