/** The engine that runs calls and adjoint graphs. */
@NullMarked
package dev.stride.core.internal.engine;

import org.jspecify.annotations.NullMarked;
