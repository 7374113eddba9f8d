package dev.stride.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds every class of every module against the {@link Rules}, and the rules against offenders. */
class ArchitectureTest {

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.stride");

  @Test
  void import_sees_every_module() {
    assertThat(PRODUCT.stream().map(JavaClass::getPackageName).distinct())
        .contains(
            "dev.stride.api",
            "dev.stride.api.spi",
            "dev.stride.core",
            "dev.stride.ops.std",
            "dev.stride.ops.gpu",
            "dev.stride.testkit",
            "dev.stride.optim",
            "dev.stride.cli");
  }

  @TestFactory
  Stream<DynamicTest> arrows_hold() {
    return Rules.arrows().map(ArchitectureTest::holds);
  }

  @TestFactory
  Stream<DynamicTest> internals_stay_inside() {
    return Rules.internals().map(ArchitectureTest::holds);
  }

  @TestFactory
  Stream<DynamicTest> rules_hold() {
    return Stream.of(
            Rules.API_STANDS_ALONE,
            Rules.GUICE_IS_WIRING,
            Rules.NO_PACKAGE_CYCLES,
            Rules.EVERY_PACKAGE_IS_NULL_MARKED,
            Rules.STANDARD_STREAMS_BELONG_TO_PROGRAMS,
            Rules.EXCEPTIONS_ARE_SPECIFIC,
            Rules.FUTURES_STAY_INSIDE,
            Rules.NO_STATIC_STATE,
            Rules.NO_COMMON_POOL)
        .map(ArchitectureTest::holds);
  }

  @TestFactory
  Stream<DynamicTest> offenders_are_caught(@TempDir Path folder) {
    JavaClasses offenders = Offenders.compiled(folder);
    return Offenders.all()
        .map(offender ->
            dynamicTest(
                offender.type(), () -> assertThat(offender.isCaughtAmong(offenders)).isTrue()));
  }

  private static DynamicTest holds(ArchRule rule) {
    return dynamicTest(rule.getDescription(), () -> rule.allowEmptyShould(true).check(PRODUCT));
  }
}
