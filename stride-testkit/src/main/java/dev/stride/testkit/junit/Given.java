package dev.stride.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where a {@link GradientTest} checks the gradient with respect to a variable. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Given {

  /** Shape of the tensor; a scalar by default. */
  int[] shape() default {};

  /** Its elements are drawn from here, */
  double from() default -1;

  /** to here. */
  double to() default 1;
}
