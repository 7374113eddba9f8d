/**
 * Stand-ins for tests of plug-ins and applications: an executor that runs and a clock that moves
 * when told to, a listener that writes down, values and a device of one's own, operators that fail
 * or wait.
 */
@NullMarked
package dev.stride.testkit.fakes;

import org.jspecify.annotations.NullMarked;
