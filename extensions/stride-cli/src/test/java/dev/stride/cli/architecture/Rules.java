package dev.stride.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules that hold for every class of every module. There is no list of exemptions. */
final class Rules {

  private Rules() {}

  /**
   * A module: the package that it lives in, and the packages outside of the JDK that it may use.
   */
  private record Module(String name, List<String> uses) {

    Module(String name, String... uses) {
      this(name, List.of(uses));
    }

    String all() {
      return "dev.stride." + name + "..";
    }

    ArchRule arrows() {
      return noClasses()
          .that()
          .resideInAPackage(all())
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.stride..")
                  .and(DescribedPredicate.not(resideInAnyPackage(allowed()))))
          .as("dev.stride." + name + " uses only " + String.join(", ", uses));
    }

    private String[] allowed() {
      return Stream.concat(Stream.of(all()), uses.stream().map(used -> "dev.stride." + used + ".."))
          .toArray(String[]::new);
    }

    ArchRule internalsStayInside() {
      return noClasses()
          .that()
          .resideOutsideOfPackage(all())
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.stride." + name + ".internal..")
          .as("only dev.stride." + name + " uses its internal packages");
    }
  }

  private static final List<Module> MODULES =
      List.of(
          new Module("api"),
          new Module("core", "api"),
          new Module("ops.std", "api"),
          new Module("ops.gpu", "api"),
          new Module("testkit", "api", "core"),
          new Module("optim", "api"),
          new Module("cli", "api", "core", "testkit", "optim"));

  static Stream<ArchRule> arrows() {
    return MODULES.stream().map(Module::arrows);
  }

  static Stream<ArchRule> internals() {
    return MODULES.stream().map(Module::internalsStayInside);
  }

  /** A third-party operator needs the API and its two small companions, nothing else. */
  static final ArchRule API_STANDS_ALONE =
      classes()
          .that()
          .resideInAPackage("dev.stride.api..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.stride.api..", "java..", "org.jspecify.annotations..", "jakarta.inject..");

  static final ArchRule GUICE_IS_WIRING =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.stride.core.internal.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..");

  /**
   * The root package of a module is its door: it may look at what is behind it and be used there.
   * Behind the doors there are no cycles.
   */
  static final ArchRule NO_PACKAGE_CYCLES =
      slices().assignedFrom(packagesBehindDoors()).should().beFreeOfCycles();

  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes().should(liveInNullMarkedPackage());

  static final ArchRule STANDARD_STREAMS_BELONG_TO_PROGRAMS =
      noClasses().that().resideOutsideOfPackage("dev.stride.cli..").should(ACCESS_STANDARD_STREAMS);

  static final ArchRule EXCEPTIONS_ARE_SPECIFIC = noClasses().should(THROW_GENERIC_EXCEPTIONS);

  static final ArchRule FUTURES_STAY_INSIDE =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(
              resideOutsideOfInternals().and(describe("are public", Rules::isPublic)))
          .should()
          .notHaveRawReturnType(CompletableFuture.class);

  static final ArchRule NO_STATIC_STATE = fields().that().areStatic().should().beFinal();

  static final ArchRule NO_COMMON_POOL =
      noClasses().should().callMethodWhere(describe("uses the common pool", Rules::usesCommonPool));

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC);
  }

  private static DescribedPredicate<JavaClass> resideOutsideOfInternals() {
    return DescribedPredicate.not(resideInAPackage("..internal.."));
  }

  private static SliceAssignment packagesBehindDoors() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        boolean ours = name.startsWith("dev.stride.");
        return ours && !isDoor(name) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
      }

      private boolean isDoor(String name) {
        return MODULES.stream().anyMatch(module -> name.equals("dev.stride." + module.name()));
      }

      @Override
      public String getDescription() {
        return "packages behind the doors of the modules";
      }
    };
  }

  private static ArchCondition<JavaClass> liveInNullMarkedPackage() {
    return new ArchCondition<>("live in a package with @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked =
            type.getPackage()
                .tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
        events.add(new SimpleConditionEvent(type, marked, type.getPackageName()));
      }
    };
  }

  private static boolean usesCommonPool(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    String method = call.getTarget().getName();
    return (owner.isEquivalentTo(ForkJoinPool.class) && method.equals("commonPool"))
        || (owner.isAssignableTo(BaseStream.class) && method.equals("parallel"))
        || method.equals("parallelStream")
        || (owner.isAssignableTo(CompletionStage.class)
            && method.endsWith("Async")
            && call.getTarget().getRawParameterTypes().stream()
                .noneMatch(type -> type.isAssignableTo(Executor.class)));
  }
}
