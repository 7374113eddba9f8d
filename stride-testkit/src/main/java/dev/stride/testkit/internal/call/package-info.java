/**
 * Calls operators without an engine: binds arguments, makes call objects, checks what comes back.
 */
@NullMarked
package dev.stride.testkit.internal.call;

import org.jspecify.annotations.NullMarked;
