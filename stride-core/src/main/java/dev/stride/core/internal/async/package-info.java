/**
 * What asynchronous work rests on: pending values, the trampoline, and the one bounded pool.
 *
 * <p>Start at {@code Pending}.
 */
@NullMarked
package dev.stride.core.internal.async;

import org.jspecify.annotations.NullMarked;
