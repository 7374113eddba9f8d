/**
 * The standard operators on the CPU.
 *
 * <p>The one public type is {@link dev.stride.ops.std.StandardPack}; engines find it by themselves.
 * The operators are known by name, such as {@code stride.multiply}.
 */
@NullMarked
package dev.stride.ops.std;

import org.jspecify.annotations.NullMarked;
