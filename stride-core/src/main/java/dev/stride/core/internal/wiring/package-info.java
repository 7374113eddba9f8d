/** Wiring with Guice; the only package that imports it. */
@NullMarked
package dev.stride.core.internal.wiring;

import org.jspecify.annotations.NullMarked;
