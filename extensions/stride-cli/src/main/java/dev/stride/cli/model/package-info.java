/**
 * Maps of the speed of sound: phantoms that are drawn, files that are read and written, and how
 * well one map reproduces another.
 */
@NullMarked
package dev.stride.cli.model;

import org.jspecify.annotations.NullMarked;
