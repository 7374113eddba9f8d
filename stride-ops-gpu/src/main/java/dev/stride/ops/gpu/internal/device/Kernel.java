package dev.stride.ops.gpu.internal.device;

/**
 * A compiled function of a device. It has arguments of its own, so that one queue uses it at a
 * time.
 *
 * @param handle of the driver
 * @param name of the function
 * @param largestGroup work items that a group of it can have
 */
public record Kernel(long handle, String name, long largestGroup) {}
