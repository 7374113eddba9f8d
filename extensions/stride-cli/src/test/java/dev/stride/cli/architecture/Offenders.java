package dev.stride.cli.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Small classes that each break one rule, compiled when a test asks for them. */
final class Offenders {

  private static final List<Offender> ALL =
      List.of(
          arrow("dev.stride.api.UsesCore", "dev.stride.core.Stride field;"),
          arrow("dev.stride.ops.std.UsesCore", "dev.stride.core.Stride field;"),
          arrow("dev.stride.ops.gpu.UsesOtherPack", "dev.stride.ops.std.StandardPack field;"),
          arrow("dev.stride.optim.UsesCore", "dev.stride.core.Stride field;"),
          arrow("dev.stride.cli.UsesPack", "dev.stride.ops.std.StandardPack field;"),
          new Offender(
              Rules::internals,
              "dev.stride.testkit.UsesInternals",
              "dev.stride.core.internal.engine.Engineered field;"),
          of(Rules.API_STANDS_ALONE, "dev.stride.api.UsesLibrary", "org.slf4j.Logger field;"),
          of(
              Rules.GUICE_IS_WIRING,
              "dev.stride.core.internal.engine.Engineered",
              "com.google.inject.Injector field;"),
          of(
              Rules.NO_PACKAGE_CYCLES,
              "dev.stride.core.internal.left.Left",
              "dev.stride.core.internal.right.Right field;"),
          of(
              Rules.EVERY_PACKAGE_IS_NULL_MARKED,
              "dev.stride.core.internal.right.Right",
              "dev.stride.core.internal.left.Left field;"),
          of(
              Rules.STANDARD_STREAMS_BELONG_TO_PROGRAMS,
              "dev.stride.core.Prints",
              "void print() { System.out.println(); }"),
          of(
              Rules.EXCEPTIONS_ARE_SPECIFIC,
              "dev.stride.core.ThrowsAnything",
              "void fail() { throw new RuntimeException(); }"),
          of(
              Rules.FUTURES_STAY_INSIDE,
              "dev.stride.core.Leaks",
              "public java.util.concurrent.CompletableFuture<String> leak() { return null; }"),
          of(Rules.NO_STATIC_STATE, "dev.stride.core.Counts", "static int count;"),
          of(
              Rules.NO_COMMON_POOL,
              "dev.stride.core.SuppliesAsync",
              "Object run() {"
                  + " return java.util.concurrent.CompletableFuture.supplyAsync(() -> 1); }"),
          of(
              Rules.NO_COMMON_POOL,
              "dev.stride.core.ContinuesAsync",
              "Object run(java.util.concurrent.CompletionStage<String> stage) {"
                  + " return stage.thenApplyAsync(value -> value); }"),
          of(
              Rules.NO_COMMON_POOL,
              "dev.stride.core.StreamsInParallel",
              "Object run() { return java.util.List.of(1).parallelStream(); }"),
          of(
              Rules.NO_COMMON_POOL,
              "dev.stride.core.AsksForThePool",
              "Object pool() { return java.util.concurrent.ForkJoinPool.commonPool(); }"));

  private Offenders() {}

  static Stream<Offender> all() {
    return ALL.stream();
  }

  static JavaClasses compiled(Path folder) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    String classPath =
        Stream.of("java.class.path", "jdk.module.path")
            .map(property -> System.getProperty(property, ""))
            .collect(joining(File.pathSeparator));
    List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp", classPath);
    List<Source> sources = all().map(Source::new).toList();
    assertThat(compiler.getTask(null, null, null, options, null, sources).call()).isTrue();
    return new ClassFileImporter().importPath(folder);
  }

  private static Offender arrow(String type, String body) {
    return new Offender(Rules::arrows, type, body);
  }

  private static Offender of(ArchRule rule, String type, String body) {
    return new Offender(() -> Stream.of(rule), type, body);
  }

  /** A class that at least one of the rules must reject. */
  record Offender(Supplier<Stream<ArchRule>> rules, String type, String body) {

    boolean isCaughtAmong(JavaClasses offenders) {
      // A cycle needs its other half.
      JavaClasses looked =
          offenders.that(
              DescribedPredicate.describe(
                  "are this offender",
                  other ->
                      other.getName().equals(type)
                          || (type.endsWith(".Left") && other.getName().endsWith(".Right"))));
      return rules
          .get()
          .anyMatch(rule -> rule.allowEmptyShould(true).evaluate(looked).hasViolation());
    }

    private String text() {
      int dot = type.lastIndexOf('.');
      return "package %s; public class %s { %s }"
          .formatted(type.substring(0, dot), type.substring(dot + 1), body);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final Offender offender;

    Source(Offender offender) {
      super(URI.create("memory:///" + offender.type().replace('.', '/') + ".java"), Kind.SOURCE);
      this.offender = offender;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return offender.text();
    }
  }
}
