package dev.stride.testkit.junit;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that builds a loss out of variables, whose gradients are then checked: by differences,
 * entry by entry, by the Taylor remainder, and for equal bits when it is repeated. It checks whole
 * graphs, not only operators.
 *
 * <pre>{@code
 * @GradientTest
 * void misfit(
 *     Stride stride, Loss loss, @Given(shape = {4, 7}) Variable<Tensor> x, @Given Variable<Tensor> a) {
 *   loss.is(stride.operator("acme.softplus").call(x.times(a)).sum());
 * }
 * }</pre>
 *
 * <p>The method is called for every point that a check looks at, in float64. It may have a {@link
 * dev.stride.core.Stride}, must have one {@link Loss} and at least one variable with {@link Given}.
 * The system property {@code stride.testkit.seed} sets another seed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(GradientTestExtension.class)
@SuppressWarnings("exports") // JUnit makes the extension; nobody else needs it.
public @interface GradientTest {

  /** Takes the loss that a test has built. */
  interface Loss {

    /** The loss is this: a scalar that depends on the variables given; to be called once. */
    void is(Variable<Tensor> loss);
  }
}
