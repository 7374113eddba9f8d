/** Checks that need an engine: an operator in graphs, in concurrent calls, differentiated twice. */
@NullMarked
package dev.stride.testkit.internal.graph;

import org.jspecify.annotations.NullMarked;
