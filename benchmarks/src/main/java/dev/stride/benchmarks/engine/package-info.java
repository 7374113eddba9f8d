/**
 * What the engine costs, beside a bare tape and a plain loop that do the same arithmetic. Start at
 * {@link dev.stride.benchmarks.engine.EngineCases}.
 */
@NullMarked
package dev.stride.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
