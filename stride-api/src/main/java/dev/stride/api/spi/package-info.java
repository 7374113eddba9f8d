/**
 * What packs implement: {@link dev.stride.api.spi.OperatorPack} and what it registers.
 *
 * <p>New methods of these interfaces are always {@code default}.
 */
@NullMarked
package dev.stride.api.spi;

import org.jspecify.annotations.NullMarked;
