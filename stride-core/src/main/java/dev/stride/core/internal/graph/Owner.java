package dev.stride.core.internal.graph;

/** Who has a node: the visit of a run that works on it alone, or the run that released it. */
sealed interface Owner permits RunLabel, Visit {

  /** The run. */
  RunLabel run();
}
