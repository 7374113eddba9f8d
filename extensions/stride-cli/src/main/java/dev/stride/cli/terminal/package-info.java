/** What a person at a terminal sees while the program works. */
@NullMarked
package dev.stride.cli.terminal;

import org.jspecify.annotations.NullMarked;
