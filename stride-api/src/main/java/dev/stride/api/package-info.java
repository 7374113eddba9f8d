/**
 * The contracts of Stride: what users and authors of operators write against.
 *
 * <p>Users start at {@link dev.stride.api.Engine} and {@link dev.stride.api.Variable}, authors of
 * operators at {@link dev.stride.api.BlockingOperator}.
 */
@NullMarked
package dev.stride.api;

import org.jspecify.annotations.NullMarked;
