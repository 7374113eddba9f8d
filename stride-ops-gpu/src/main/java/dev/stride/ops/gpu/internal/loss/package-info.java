/** Losses on a device that compare whole traces. */
@NullMarked
package dev.stride.ops.gpu.internal.loss;

import org.jspecify.annotations.NullMarked;
