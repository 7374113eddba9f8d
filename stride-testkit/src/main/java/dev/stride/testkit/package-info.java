/** Proves the gradients of operators. */
@NullMarked
package dev.stride.testkit;

import org.jspecify.annotations.NullMarked;
