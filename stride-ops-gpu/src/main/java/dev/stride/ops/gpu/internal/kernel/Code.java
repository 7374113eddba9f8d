package dev.stride.ops.gpu.internal.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * An expression in OpenCL C of the elements of operands and of numbers, by name.
 *
 * <p>It is compiled for each type of elements: fractions are written {@code C(0.5)}, whole numbers
 * as they are. Beside the functions of OpenCL there are those of {@link Math} where the two differ:
 * {@code least} and {@code greatest}, which give NaN where an argument is and tell zeros apart,
 * {@code power}, and {@code sgn}, -1, 0 or 1.
 *
 * @param text the expression
 * @param operands tensors, broadcast to one shape
 * @param numbers the same for all elements
 */
public record Code(String text, List<String> operands, List<String> numbers) {

  /** Copies the lists. */
  public Code {
    operands = List.copyOf(operands);
    numbers = List.copyOf(numbers);
  }

  /** An expression of operands. */
  public static Code of(String text, String... operands) {
    return new Code(text, Arrays.asList(operands), List.of());
  }

  /** Whether the expression speaks of a name. */
  public static boolean mentions(String text, String name) {
    return text.matches("(?s).*\\b" + name + "\\b.*");
  }
}
