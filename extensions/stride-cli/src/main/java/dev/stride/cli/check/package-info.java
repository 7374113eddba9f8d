/** Checks of operators: what is checked, and the forms that their results are written in. */
@NullMarked
package dev.stride.cli.check;

import org.jspecify.annotations.NullMarked;
