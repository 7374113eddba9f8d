/** Operators of a device, and its tensors as a vector space. */
@NullMarked
package dev.stride.ops.gpu.internal.operator;

import org.jspecify.annotations.NullMarked;
