/** Discovery of packs and resolution of operator names. */
@NullMarked
package dev.stride.core.internal.discovery;

import org.jspecify.annotations.NullMarked;
