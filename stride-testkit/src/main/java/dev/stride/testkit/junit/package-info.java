/**
 * JUnit 5 support for tests of graphs and applications: an engine for each test, and gradients of
 * whole graphs.
 */
@NullMarked
package dev.stride.testkit.junit;

import org.jspecify.annotations.NullMarked;
