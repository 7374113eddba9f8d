/** Jars of third parties, loaded apart from this program. */
@NullMarked
package dev.stride.cli.plugin;

import org.jspecify.annotations.NullMarked;
