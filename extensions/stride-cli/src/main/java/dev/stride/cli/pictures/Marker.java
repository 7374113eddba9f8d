package dev.stride.cli.pictures;

/**
 * A point drawn over a heat map, in the units of its axes.
 *
 * @param x along the horizontal axis
 * @param y along the vertical axis
 * @param strong whether it is drawn large and filled, such as a source, or small, such as a
 *     receiver
 */
public record Marker(double x, double y, boolean strong) {}
