/**
 * Templates of kernels: expressions at every position and folded over axes, scans, copies, sparse
 * matrices along an axis, products of matrices and of lines at lags.
 */
@NullMarked
package dev.stride.ops.gpu.internal.kernel;

import org.jspecify.annotations.NullMarked;
