package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.*;

import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.ErrorCodes;
import dev.stride.ops.gpu.internal.opencl.OpenClException;
import dev.stride.ops.gpu.internal.opencl.SignalHandlers;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * Programs of a device by their source, compiled when first asked for, or taken from a cache.
 * Thread-safe.
 */
final class Programs {

  static final String OPTIONS = "-cl-std=CL1.2";

  private final DeviceDescription device;
  private final long context;
  private final ProgramCache cache;
  private final Map<String, Program> bySource = new ConcurrentHashMap<>();
  private final Map<Function, Kernel> byForm = new ConcurrentHashMap<>();

  Programs(DeviceDescription device, long context, ProgramCache cache) {
    this.device = device;
    this.context = context;
    this.cache = cache;
  }

  /** A function of a source, which is compiled if nobody has asked for it before. */
  Kernel kernel(String source, String name) {
    return bySource.computeIfAbsent(source, Program::new).kernel(name);
  }

  /** A function of a source that is made if nobody has asked for its form before. */
  Kernel kernel(Object form, Supplier<String> source, String name) {
    Function function = new Function(form, name);
    Kernel known = byForm.get(function);
    if (known == null) {
      known = kernel(source.get(), name);
      byForm.put(function, known);
    }
    return known;
  }

  /** A function of the source that belongs to a form. */
  private record Function(Object form, String name) {}

  void close() {
    byForm.clear();
    bySource.values().forEach(Program::close);
    bySource.clear();
  }

  /** One source. Others wait while it is compiled, those of other sources do not. */
  private final class Program {

    private final String source;
    private final Map<String, Kernel> kernels = new ConcurrentHashMap<>();
    private long handle;

    Program(String source) {
      this.source = source;
    }

    Kernel kernel(String name) {
      @Nullable Kernel known = kernels.get(name);
      return known != null ? known : create(name);
    }

    private synchronized Kernel create(String name) {
      if (handle == 0) {
        handle = loadOrBuild();
        SignalHandlers.restore();
      }
      return kernels.computeIfAbsent(name, this::function);
    }

    private long loadOrBuild() {
      String key = ProgramCache.key(device, OPTIONS, source);
      long kept =
          cache
              .find(key)
              .map(binary -> ProgramBinary.load(context, device.handle(), OPTIONS, binary))
              .orElse(0L);
      if (kept != 0) {
        return kept;
      }
      long built = build();
      ProgramBinary.of(built).ifPresent(binary -> cache.keep(key, binary));
      return built;
    }

    private long build() {
      try (MemoryStack stack = MemoryStack.stackPush()) {
        IntBuffer code = stack.mallocInt(1);
        long program = clCreateProgramWithSource(context, source, code);
        check(code.get(0), "clCreateProgramWithSource");
        int built = clBuildProgram(program, device.handle(), OPTIONS, null, 0);
        if (built != 0) {
          String log = log(program);
          clReleaseProgram(program);
          throw new OpenClException(
              built,
              "%s (%s) cannot compile a kernel: %s. What its compiler says:%n%s%nThe source:%n%s"
                  .formatted(device.device(), device.name(), ErrorCodes.text(built), log, source));
        }
        return program;
      }
    }

    private String log(long program) {
      try (MemoryStack stack = MemoryStack.stackPush()) {
        PointerBuffer size = stack.callocPointer(1);
        clGetProgramBuildInfo(
            program, device.handle(), CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, size);
        ByteBuffer text = MemoryUtil.memCalloc((int) size.get(0) + 1);
        try {
          clGetProgramBuildInfo(program, device.handle(), CL_PROGRAM_BUILD_LOG, text, null);
          return MemoryUtil.memUTF8(MemoryUtil.memAddress(text)).strip();
        } finally {
          MemoryUtil.memFree(text);
        }
      }
    }

    private Kernel function(String name) {
      try (MemoryStack stack = MemoryStack.stackPush()) {
        IntBuffer code = stack.mallocInt(1);
        long kernel = clCreateKernel(handle, name, code);
        check(code.get(0), "clCreateKernel of " + name);
        PointerBuffer group = stack.callocPointer(1);
        check(
            clGetKernelWorkGroupInfo(
                kernel, device.handle(), CL_KERNEL_WORK_GROUP_SIZE, group, null),
            "clGetKernelWorkGroupInfo");
        return new Kernel(kernel, name, group.get(0));
      }
    }

    private void check(int code, String function) {
      if (code != 0) {
        throw new OpenClException(
            code,
            "%s (%s): %s failed with %s."
                .formatted(device.device(), device.name(), function, ErrorCodes.text(code)));
      }
    }

    synchronized void close() {
      kernels.values().forEach(kernel -> clReleaseKernel(kernel.handle()));
      kernels.clear();
      if (handle != 0) {
        clReleaseProgram(handle);
        handle = 0;
      }
    }
  }
}
