package dev.stride.api.spi;

import dev.stride.api.Arguments;
import dev.stride.api.Tensor;
import java.util.List;
import java.util.StringJoiner;

/** Describes arguments by their shapes. */
final class SampleText {

  private SampleText() {}

  static String of(Arguments arguments) {
    StringJoiner text = new StringJoiner(", ");
    arguments.positional().forEach(value -> text.add(of(value)));
    arguments.named().forEach((name, value) -> text.add(name + "=" + of(value)));
    return text.toString();
  }

  private static String of(Object value) {
    return switch (value) {
      case Tensor tensor -> tensor.shape().toString();
      case List<?> list -> list.stream().map(SampleText::of).toList().toString();
      default -> value.toString();
    };
  }
}
