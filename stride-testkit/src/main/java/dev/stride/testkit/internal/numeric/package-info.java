/** An operator as a function between real vectors, and the numerics that judge its adjoint. */
@NullMarked
package dev.stride.testkit.internal.numeric;

import org.jspecify.annotations.NullMarked;
