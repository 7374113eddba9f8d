/** The standard operators on the CPU. */
@NullMarked
package dev.stride.ops.std;

import org.jspecify.annotations.NullMarked;
