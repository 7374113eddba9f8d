/** The checks, one per rule of the operator contract. */
@NullMarked
package dev.stride.testkit.internal.check;

import org.jspecify.annotations.NullMarked;
