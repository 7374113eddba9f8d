/** Dense linear algebra on a device: factors, systems of equations, spectra. */
@NullMarked
package dev.stride.ops.gpu.internal.linalg;

import org.jspecify.annotations.NullMarked;
