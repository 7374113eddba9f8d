package dev.stride.ops.std.internal.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.ops.std.internal.kernel.VectorUnit;
import org.junit.jupiter.api.Test;

/**
 * Tests run twice: with vector code and the library of the system, and, as {@code
 * stride.test.plainJava} says, without either.
 */
class PlainJavaTest {

  private static final boolean PLAIN = Boolean.getBoolean("stride.test.plainJava");

  @Test
  void vector_code_is_there_unless_tests_are_to_run_in_plain_java() {
    for (DataType type : DataType.values()) {
      assertThat(VectorUnit.lanes(type) == 0).isEqualTo(PLAIN);
    }
  }

  @Test
  void the_library_is_java_if_tests_are_to_run_in_plain_java() {
    String expected = PLAIN ? "java" : Library.choose("auto").name();
    assertThat(Library.chosen().name()).isEqualTo(expected);
  }
}
