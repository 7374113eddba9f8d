/**
 * What is measured: a ring of transducers around the breast, what they send, and the traces that
 * they receive, simulated as a scanner would record them.
 */
@NullMarked
package dev.stride.cli.acquisition;

import org.jspecify.annotations.NullMarked;
