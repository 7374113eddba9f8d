/**
 * A device at work: its queue of commands, its memory, its programs, and the tensors that it holds.
 */
@NullMarked
package dev.stride.ops.gpu.internal.device;

import org.jspecify.annotations.NullMarked;
