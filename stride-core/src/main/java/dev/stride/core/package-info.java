/** The front door of Stride. */
@NullMarked
package dev.stride.core;

import org.jspecify.annotations.NullMarked;
