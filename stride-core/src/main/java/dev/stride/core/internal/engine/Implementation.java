package dev.stride.core.internal.engine;

import dev.stride.api.Device;
import dev.stride.api.Operator;

/**
 * An implementation of an operator name.
 *
 * @param operator what computes
 * @param pack id of the pack that brought it
 * @param device where it computes
 * @param priority the highest of a device is used
 */
public record Implementation(Operator<?> operator, String pack, Device device, int priority) {}
