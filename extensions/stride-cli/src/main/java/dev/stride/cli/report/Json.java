package dev.stride.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;

/** JSON documents out of maps, lists, numbers, strings and booleans. Stateless. */
public final class Json {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** One document. */
  public static String text(Map<String, ?> document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a report cannot be written as JSON", impossible);
    }
  }

  /** A number as JSON can hold it: as text where it is not finite. */
  public static Object number(double value) {
    return Double.isFinite(value) ? value : "" + value;
  }
}
