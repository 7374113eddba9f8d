package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Results;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Operators give what independent libraries give: 1e-12 in float64, 1e-5 in float32, relative. */
class ReferenceTablesTest {

  private final Stride stride = Engines.standard();

  @AfterEach
  void close() {
    stride.close();
  }

  @TestFactory
  Stream<DynamicTest> every_table_says_where_it_comes_from() {
    return ReferenceTable.all().stream()
        .map(table ->
            dynamicTest(
                table.family(),
                () -> {
                  assertThat(table.cases()).isNotEmpty();
                  assertThat(table.header())
                      .matches(
                          "# "
                              + table.family()
                              + "\\.py, Python .*, NumPy .*, SciPy .*, relative to (each|the"
                              + " largest) element");
                  assertThat(Path.of("src/test/reference", table.family() + ".py"))
                      .matches(Files::exists, "exists");
                }));
  }

  @Test
  void every_operator_is_in_a_table_that_is_not_compared_otherwise() {
    Set<String> names =
        RegisteredOperators.ofStandardPack().keySet().stream()
            .map(Operator::name)
            .collect(Collectors.toSet());
    ReferenceTable.all().stream()
        .flatMap(table -> table.cases().stream())
        .map(ReferenceTable.Case::operator)
        .forEach(names::remove);
    // A cast is what Java does; PropagatorForwardTest compares waves with a plain loop.
    assertThat(names).containsExactlyInAnyOrder("stride.cast", "stride.acoustic-wave");
  }

  @TestFactory
  Stream<DynamicTest> operators_give_the_values_of_the_tables() {
    return ReferenceTable.all().stream()
        .flatMap(table ->
            table.cases().stream()
                .flatMap(
                    given -> Stream.of(DataType.values()).map(type -> test(table, given, type))));
  }

  private DynamicTest test(ReferenceTable table, ReferenceTable.Case given, DataType type) {
    return dynamicTest(
        table.family() + " line " + given.line() + ": " + given.operator() + " in " + type,
        () -> compare(table, given, type));
  }

  private void compare(ReferenceTable table, ReferenceTable.Case given, DataType type) {
    Results results =
        stride.bind(stride.operator(given.operator(), Object.class)).callAll(given.in(type));
    given
        .outputs()
        .forEach((port, expected) -> {
          List<?> items = expected instanceof List<?> list ? list : List.of(expected);
          List<Variable<Tensor>> actual = results.list(port, Tensor.class);
          assertThat(actual).as(port).hasSameSizeAs(items);
          for (int i = 0; i < items.size(); i++) {
            compare(actual.get(i).get(), (Tensor) items.get(i), table.eachElement(), type);
          }
        });
  }

  private static void compare(Tensor actual, Tensor expected, boolean each, DataType type) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double tolerance = type == DataType.FLOAT64 ? 1e-12 : 1e-5;
    double largest = expected.size() == 0 ? 0 : Math.max(expected.max(), -expected.min());
    for (int i = 0; i < expected.size(); i++) {
      double right = type == DataType.FLOAT32 ? (float) expected.at(i) : expected.at(i);
      double scale = each ? Math.abs(right) : largest;
      assertThat(actual.at(i))
          .as("element %d in %s", i, type)
          .matches(
              given -> isClose(given, right, tolerance * scale),
              "is " + right + " to " + tolerance + " relative");
    }
  }

  /** NaN and infinity must agree; zero must be met exactly where errors are relative to it. */
  private static boolean isClose(double given, double right, double tolerance) {
    return Double.compare(given, right) == 0
        || given == right
        || (Double.isFinite(right) && Math.abs(given - right) <= tolerance + Float.MIN_VALUE);
  }
}
