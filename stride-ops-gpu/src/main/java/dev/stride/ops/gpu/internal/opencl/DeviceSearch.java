package dev.stride.ops.gpu.internal.opencl;

import static org.lwjgl.opencl.CL10.*;
import static org.lwjgl.opencl.CL11.CL_DEVICE_HOST_UNIFIED_MEMORY;
import static org.lwjgl.opencl.CL12.CL_DEVICE_DOUBLE_FP_CONFIG;

import dev.stride.api.Device;
import dev.stride.api.spi.Availability;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription.Kind;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * What OpenCL offers on this machine.
 *
 * @param availability whether there is a device to compute on; if not, why and what to do
 * @param devices that work, numbered {@code opencl:0}, ...: GPUs first, processors last, otherwise
 *     in the order of the drivers
 * @param problems what is wrong with the rest
 */
public record DeviceSearch(
    Availability availability, List<DeviceDescription> devices, List<Problem> problems) {

  private static final int NO_PLATFORM = -1001;
  private static final String INSTALL =
      "install the driver of the GPU, or pocl-opencl-icd for OpenCL on the CPU";

  /**
   * Something that keeps a device from being used.
   *
   * @param what is wrong
   * @param remedy what to do about it
   */
  public record Problem(String what, String remedy) {}

  /** Looks at the machine. Loads the drivers, which may take a second the first time. */
  public static DeviceSearch run() {
    Availability library = OpenClLibrary.load();
    if (library instanceof Availability.Unavailable(String reason, String remedy)) {
      return new DeviceSearch(library, List.of(), List.of(new Problem(reason, remedy)));
    }
    List<DeviceDescription> found = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    SignalHandlers.restore(); // Notes them, before drivers are loaded.
    try {
      for (long platform : platforms()) {
        search(platform, found, problems);
      }
    } catch (OpenClException | LinkageError | IllegalStateException failure) {
      problems.add(problem(failure));
    } finally {
      SignalHandlers.restore();
    }
    return sorted(found, problems);
  }

  private static Problem problem(Throwable failure) {
    return failure instanceof OpenClException refused && refused.code() == NO_PLATFORM
        ? new Problem("the OpenCL loader is there, but no driver is", INSTALL)
        : new Problem("OpenCL does not start: " + failure.getMessage(), "reinstall its drivers");
  }

  private static DeviceSearch sorted(List<DeviceDescription> found, List<Problem> problems) {
    List<DeviceDescription> working =
        found.stream()
            .filter(DeviceDescription::working)
            .sorted(Comparator.comparing(DeviceDescription::kind))
            .toList();
    List<DeviceDescription> numbered = new ArrayList<>();
    for (DeviceDescription device : working) {
      numbered.add(device.named(new Device("opencl:" + numbered.size())));
    }
    if (numbered.isEmpty() && problems.isEmpty()) {
      problems.add(new Problem("the drivers of OpenCL offer no device that works", INSTALL));
    }
    Availability availability =
        numbered.isEmpty()
            ? Availability.unavailable(problems.getFirst().what(), problems.getFirst().remedy())
            : Availability.available();
    return new DeviceSearch(availability, List.copyOf(numbered), List.copyOf(problems));
  }

  private static List<Long> platforms() {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer count = stack.mallocInt(1);
      OpenClException.check(clGetPlatformIDs(null, count), "clGetPlatformIDs");
      PointerBuffer platforms = stack.mallocPointer(count.get(0));
      OpenClException.check(clGetPlatformIDs(platforms, (IntBuffer) null), "clGetPlatformIDs");
      return handles(platforms);
    }
  }

  private static List<Long> handles(PointerBuffer buffer) {
    List<Long> handles = new ArrayList<>();
    for (int i = 0; i < buffer.limit(); i++) {
      handles.add(buffer.get(i));
    }
    return handles;
  }

  /** A platform without a device is none to speak of; one that fails does not spoil the others. */
  private static void search(long platform, List<DeviceDescription> found, List<Problem> problems) {
    String name = platformText(platform, CL_PLATFORM_NAME);
    try {
      for (long device : devices(platform)) {
        DeviceDescription description = describe(platform, name, device);
        found.add(description);
        if (!description.working()) {
          problems.add(
              new Problem(
                  description.name() + " of " + name + " does not work",
                  description.remedy().orElse(INSTALL)));
        }
      }
    } catch (OpenClException failure) {
      problems.add(
          new Problem("platform " + name + ": " + failure.getMessage(), "reinstall its driver"));
    }
  }

  private static List<Long> devices(long platform) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer count = stack.callocInt(1);
      int code = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, null, count);
      if (code == CL_DEVICE_NOT_FOUND) {
        return List.of();
      }
      OpenClException.check(code, "clGetDeviceIDs");
      PointerBuffer devices = stack.mallocPointer(count.get(0));
      OpenClException.check(
          clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, devices, (IntBuffer) null),
          "clGetDeviceIDs");
      return handles(devices);
    }
  }

  private static DeviceDescription describe(long platform, String platformName, long device) {
    long type = number(device, CL_DEVICE_TYPE);
    return new DeviceDescription(
        new Device("opencl"),
        device,
        platform,
        text(device, CL_DEVICE_NAME),
        platformName,
        text(device, CL_DEVICE_VERSION),
        text(device, CL_DRIVER_VERSION),
        kind(type),
        (int) number(device, CL_DEVICE_MAX_COMPUTE_UNITS),
        number(device, CL_DEVICE_GLOBAL_MEM_SIZE),
        number(device, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
        number(device, CL_DEVICE_MAX_WORK_GROUP_SIZE),
        number(device, CL_DEVICE_DOUBLE_FP_CONFIG) != 0,
        number(device, CL_DEVICE_HOST_UNIFIED_MEMORY) != 0,
        number(device, CL_DEVICE_AVAILABLE) != 0
            && number(device, CL_DEVICE_COMPILER_AVAILABLE) != 0
            && number(device, CL_DEVICE_ENDIAN_LITTLE) != 0);
  }

  private static Kind kind(long type) {
    if ((type & CL_DEVICE_TYPE_GPU) != 0) {
      return Kind.GPU;
    }
    return (type & CL_DEVICE_TYPE_CPU) != 0 ? Kind.CPU : Kind.ACCELERATOR;
  }

  /** A number of four or eight bytes; 0 where the device does not know the question. */
  private static long number(long device, int question) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      ByteBuffer answer = stack.calloc(Long.BYTES);
      int code = clGetDeviceInfo(device, question, answer, null);
      return code == 0 ? answer.getLong(0) : 0;
    }
  }

  private static String text(long device, int question) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer size = stack.mallocPointer(1);
      OpenClException.check(
          clGetDeviceInfo(device, question, (ByteBuffer) null, size), "clGetDeviceInfo");
      ByteBuffer answer = stack.malloc((int) size.get(0));
      OpenClException.check(clGetDeviceInfo(device, question, answer, null), "clGetDeviceInfo");
      return MemoryUtil.memUTF8(MemoryUtil.memAddress(answer)).strip();
    }
  }

  private static String platformText(long platform, int question) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer size = stack.mallocPointer(1);
      OpenClException.check(
          clGetPlatformInfo(platform, question, (ByteBuffer) null, size), "clGetPlatformInfo");
      ByteBuffer answer = stack.malloc((int) size.get(0));
      OpenClException.check(
          clGetPlatformInfo(platform, question, answer, null), "clGetPlatformInfo");
      return MemoryUtil.memUTF8(MemoryUtil.memAddress(answer)).strip();
    }
  }
}
