/**
 * What operators of several families have in common: linear ones, bilinear ones and functions of
 * each element, each with the adjoint, the tangent and the gradients of gradients that follow; the
 * checks of their operands; tensors for their samples.
 */
@NullMarked
package dev.stride.ops.std.internal.operator;

import org.jspecify.annotations.NullMarked;
