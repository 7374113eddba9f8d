package dev.stride.benchmarks.engine;

/** One way to compute a case: a result, then its gradient. */
interface Workload {

  /** The result; what its gradient needs is remembered. */
  Object forward();

  /** The gradient of what forward computed. What was remembered is let go. */
  Object adjoint();
}
