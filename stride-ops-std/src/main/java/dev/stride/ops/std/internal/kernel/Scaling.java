package dev.stride.ops.std.internal.kernel;

/**
 * {@code factor * x}, with the factor rounded to the type of the elements.
 *
 * @param factor any number
 */
public record Scaling(double factor) {}
