/** Losses and regularisers: from tensors to one number. */
@NullMarked
package dev.stride.ops.std.internal.loss;

import org.jspecify.annotations.NullMarked;
