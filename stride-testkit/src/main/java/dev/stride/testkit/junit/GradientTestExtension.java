package dev.stride.testkit.junit;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.Sample;
import dev.stride.core.Stride;
import dev.stride.testkit.GradientChecker;
import dev.stride.testkit.Report;
import dev.stride.testkit.Rule;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.ReflectionSupport;

/** Runs a {@link GradientTest}: once for JUnit, and as often as the checks ask for it. */
final class GradientTestExtension implements TestTemplateInvocationContextProvider {

  private static final Rule[] RULES = {
    Rule.DIFFERENCES, Rule.JACOBIAN, Rule.TAYLOR, Rule.DETERMINISM, Rule.PROOF
  };

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(new Once());
  }

  private static final class Once implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return "gradient";
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Placeholders(), new Checked());
    }
  }

  /** JUnit wants parameters before it lets the call be replaced. */
  private static final class Placeholders implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == Variable.class || type == Stride.class || type == GradientTest.Loss.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return null;
    }
  }

  private static final class Checked implements InvocationInterceptor {

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> call,
        ExtensionContext context)
        throws InterruptedException {
      invocation.skip();
      EngineOfTest engine = new EngineOfTest(null, null);
      Report report;
      try {
        report = report(call.getExecutable(), context.getRequiredTestInstance(), engine.stride());
      } finally {
        engine.close();
      }
      report.requirePassed();
    }
  }

  private static Report report(Method method, Object test, Stride stride) {
    long seed = Long.getLong("stride.testkit.seed", GradientChecker.DEFAULT_SEED);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> names = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      Given given = parameter.getAnnotation(Given.class);
      if (given != null) {
        names.add(parameter.getName());
        values.add(drawn(given, random));
      }
    }
    if (names.isEmpty()) {
      throw new ExtensionConfigurationException(
          method
              + " has no variable to check. Add a parameter `@Given(shape = ..)"
              + " Variable<Tensor>`.");
    }
    return GradientChecker.of(
            new BuiltGraph(
                method.getName(), names, stride, leaves -> loss(method, test, stride, leaves)))
        .at(Sample.of(values.toArray()))
        .types(DataType.FLOAT64)
        .only(RULES)
        .seed(seed)
        .run();
  }

  private static Tensor drawn(Given given, SplittableRandom random) {
    Shape shape = Shape.of(given.shape());
    double[] elements = random.doubles(shape.size(), given.from(), given.to()).toArray();
    return Tensor.of(shape, elements);
  }

  private static Variable<Tensor> loss(
      Method method, Object test, Stride stride, List<Variable<Tensor>> leaves) {
    List<Variable<Tensor>> given = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    Iterator<Variable<Tensor>> next = leaves.iterator();
    for (Parameter parameter : method.getParameters()) {
      arguments.add(
          parameter.isAnnotationPresent(Given.class)
              ? next.next()
              : parameter.getType() == Stride.class ? stride : (GradientTest.Loss) given::add);
    }
    ReflectionSupport.invokeMethod(method, test, arguments.toArray());
    if (given.size() != 1) {
      throw new IllegalStateException(
          method + " gave " + given.size() + " losses; expected one: loss.is(variable).");
    }
    return given.getFirst();
  }
}
