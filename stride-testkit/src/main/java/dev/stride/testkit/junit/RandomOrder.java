package dev.stride.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the engine of a test, or of every test of a class, do its tasks with random delays: several
 * threads, each of which takes any of the tasks that wait, and lets others go first now and then.
 *
 * <p>Every run has another seed, which a failure shows; the system property {@code
 * stride.testkit.seed} repeats its choices. Which tasks wait at a choice still depends on the
 * machine where there is more than one thread: {@code threads = 1} is replayed most closely.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RandomOrder {

  /** Threads of the engine. */
  int threads() default 4;
}
