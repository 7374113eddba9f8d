/**
 * Pictures for reports: heat maps, traces and loss curves with axes, units and a colour bar, as
 * PNG.
 *
 * <p>Start at {@link dev.stride.cli.pictures.HeatMap}. Works without a display.
 */
@NullMarked
package dev.stride.cli.pictures;

import org.jspecify.annotations.NullMarked;
