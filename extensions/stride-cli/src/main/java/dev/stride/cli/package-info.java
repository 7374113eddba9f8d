/** The command line program. */
@NullMarked
package dev.stride.cli;

import org.jspecify.annotations.NullMarked;
