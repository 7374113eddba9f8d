package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.clSetKernelArg1d;
import static org.lwjgl.opencl.CL10.clSetKernelArg1f;
import static org.lwjgl.opencl.CL10.clSetKernelArg1i;
import static org.lwjgl.opencl.CL10.clSetKernelArg1p;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled function of a device. It has arguments of its own, so that one queue uses it at a
 * time.
 */
public final class Kernel {

  private final long handle;
  private final String name;
  private final long largestGroup;
  private @Nullable Object[] known = {};
  private long freedThen;

  /**
   * A function.
   *
   * @param handle of the driver
   * @param name of the function
   * @param largestGroup work items that a group of it can have
   */
  Kernel(long handle, String name, long largestGroup) {
    this.handle = handle;
    this.name = name;
    this.largestGroup = largestGroup;
  }

  long handle() {
    return handle;
  }

  /** The function's name. */
  public String name() {
    return name;
  }

  /** Work items that a group of it can have. */
  public long largestGroup() {
    return largestGroup;
  }

  /**
   * Sets those arguments that differ from what they were. By one thread at a time.
   *
   * @param freed how many buffers the driver was given back: after one more, the handle of a buffer
   *     may be that of another
   * @return what the driver says, 0 if all is well
   */
  int set(List<Object> arguments, long freed) {
    if (freed != freedThen || known.length != arguments.size()) {
      known = new Object[arguments.size()];
      freedThen = freed;
    }
    for (int i = 0; i < known.length; i++) {
      Object argument = arguments.get(i);
      Object value = argument instanceof DeviceStorage elements ? elements.handle() : argument;
      if (!value.equals(known[i])) {
        known[i] = null;
        int code = set(i, value);
        if (code != 0) {
          return code;
        }
        known[i] = value;
      }
    }
    return 0;
  }

  private int set(int index, Object value) {
    return switch (value) {
      case Long buffer -> clSetKernelArg1p(handle, index, buffer);
      case Integer number -> clSetKernelArg1i(handle, index, number);
      case Float number -> clSetKernelArg1f(handle, index, number);
      case Double number -> clSetKernelArg1d(handle, index, number);
      default -> throw new IllegalArgumentException("no kernel takes a " + value.getClass());
    };
  }
}
