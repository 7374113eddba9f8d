/** Packs for tests: made of lambdas, or compiled into jars while a test runs. */
@NullMarked
package dev.stride.core.packs;

import org.jspecify.annotations.NullMarked;
