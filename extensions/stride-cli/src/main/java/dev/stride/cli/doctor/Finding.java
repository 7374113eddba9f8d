package dev.stride.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that was looked at.
 *
 * @param topic what, in a word
 * @param state how it is
 * @param detail what was found, with figures
 * @param remedy what to do about it; empty if there is nothing to do
 */
public record Finding(String topic, State state, String detail, String remedy) {

  /** How something is. */
  public enum State {
    /** As it should be. */
    GOOD,
    /** Stride works without it, slower or with less. */
    LIMITED,
    /** Stride does not work without it. */
    MISSING
  }

  static Finding good(String topic, String detail) {
    return new Finding(topic, State.GOOD, detail, "");
  }

  static Finding limited(String topic, String detail, String remedy) {
    return new Finding(topic, State.LIMITED, detail, remedy);
  }

  static Finding missing(String topic, String detail, String remedy) {
    return new Finding(topic, State.MISSING, detail, remedy);
  }

  /** As a JSON object. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("topic", topic);
    json.put("state", state.name().toLowerCase(Locale.ROOT));
    json.put("detail", detail);
    json.put("remedy", remedy);
    return json;
  }

  /** For people: one line, and one for the remedy if there is one. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    String mark =
        switch (state) {
          case GOOD -> "ok";
          case LIMITED -> "--";
          case MISSING -> "!!";
        };
    lines.add("%-3s %-10s %s".formatted(mark, topic, detail));
    if (!remedy.isEmpty()) {
      lines.add(" ".repeat(15) + remedy);
    }
    return lines;
  }
}
