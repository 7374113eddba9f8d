package dev.stride.benchmarks.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the figures should be, and whether they are. */
final class Goals {

  private final List<Map<String, Object>> goals = new ArrayList<>();

  Goals atMost(String figure, double limit, double measured) {
    return add(figure, "at most", limit, measured, measured <= limit);
  }

  Goals atLeast(String figure, double limit, double measured) {
    return add(figure, "at least", limit, measured, measured >= limit);
  }

  private Goals add(String figure, String relation, double limit, double measured, boolean met) {
    Map<String, Object> goal = new LinkedHashMap<>();
    goal.put("figure", figure);
    goal.put("goal", relation + " " + limit);
    goal.put("measured", CaseFigures.rounded(measured));
    goal.put("met", met);
    goals.add(goal);
    return this;
  }

  List<Map<String, Object>> toList() {
    return goals;
  }
}
