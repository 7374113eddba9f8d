package dev.stride.testkit.junit;

import dev.stride.core.Stride;
import dev.stride.testkit.fakes.ManualClock;
import dev.stride.testkit.fakes.ManualExecutor;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives each test an engine of its own, and closes it.
 *
 * <pre>{@code
 * @ExtendWith(StrideExtension.class)
 * class MisfitTest {
 *   @Test
 *   void misfit_of_equal_traces_is_zero(Stride stride) { ... }
 * }
 * }</pre>
 *
 * <p>A test may have as parameters: {@link Stride}, with the packs that are found; a {@link
 * ManualExecutor}, and then its engine does nothing but what the test runs on that; a {@link
 * ManualClock}, and then deadlines pass when the test moves it. With {@link RandomOrder} the
 * engine's tasks are delayed at random.
 *
 * <p>A test fails that leaves something behind: calls or nodes that are not finished, tasks that it
 * never ran, saved state of graphs that were not released and that something still refers to, or
 * threads that outlive the engine.
 */
public final class StrideExtension
    implements ParameterResolver,
        BeforeEachCallback,
        AfterEachCallback,
        TestExecutionExceptionHandler {

  private static final Namespace NAMESPACE = Namespace.create(StrideExtension.class);
  private static final String SEED = "stride.testkit.seed";

  /** For JUnit. */
  public StrideExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return context.getTestMethod().isPresent()
        && !makesItsOwn(context)
        && (type == Stride.class || type == ManualExecutor.class || type == ManualClock.class);
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Stride.class ? engine(context).stride() : context.getStore(NAMESPACE).get(type);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (makesItsOwn(context)) {
      return;
    }
    Store store = context.getStore(NAMESPACE);
    ManualClock clock = wants(context, ManualClock.class) ? new ManualClock() : null;
    if (clock != null) {
      store.put(ManualClock.class, clock);
    }
    ExecutorService executor = executor(context);
    if (executor != null) {
      store.put(ManualExecutor.class, executor);
    }
    store.put(EngineOfTest.class, new EngineOfTest(executor, clock));
  }

  private static boolean wants(ExtensionContext context, Class<?> parameter) {
    return List.of(context.getRequiredTestMethod().getParameterTypes()).contains(parameter);
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    if (!makesItsOwn(context)) {
      engine(context).close();
    }
  }

  /** A gradient test has an engine already, which is watched in the same way. */
  private static boolean makesItsOwn(ExtensionContext context) {
    return AnnotationSupport.isAnnotated(context.getElement(), GradientTest.class);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    Long seed = context.getStore(NAMESPACE).get(SEED, Long.class);
    if (seed != null) {
      failure.addSuppressed(new AssertionError("repeat with -D" + SEED + "=" + seed));
    }
    throw failure;
  }

  private static EngineOfTest engine(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(EngineOfTest.class, EngineOfTest.class);
  }

  private static @Nullable ExecutorService executor(ExtensionContext context) {
    if (wants(context, ManualExecutor.class)) {
      return new ManualExecutor();
    }
    return AnnotationSupport.findAnnotation(context.getElement(), RandomOrder.class)
        .or(() ->
            AnnotationSupport.findAnnotation(context.getRequiredTestClass(), RandomOrder.class))
        .map(order -> shuffled(context, order))
        .orElse(null);
  }

  private static ExecutorService shuffled(ExtensionContext context, RandomOrder order) {
    long seed = Long.getLong(SEED, System.nanoTime());
    context.getStore(NAMESPACE).put(SEED, seed);
    context.publishReportEntry(SEED, "" + seed);
    return new ShuffledExecutor(seed, order.threads());
  }
}
