/** The adjoint graph: nodes, order, and how it is released. */
@NullMarked
package dev.stride.core.internal.graph;

import org.jspecify.annotations.NullMarked;
