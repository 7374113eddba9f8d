package dev.stride.ops.gpu.internal.device;

import static org.lwjgl.opencl.CL10.CL_PROGRAM_BINARIES;
import static org.lwjgl.opencl.CL10.CL_PROGRAM_BINARY_SIZES;
import static org.lwjgl.opencl.CL10.clBuildProgram;
import static org.lwjgl.opencl.CL10.clCreateProgramWithBinary;
import static org.lwjgl.opencl.CL10.clGetProgramInfo;
import static org.lwjgl.opencl.CL10.clReleaseProgram;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Optional;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** Programs as a driver has compiled them, and back. */
final class ProgramBinary {

  private ProgramBinary() {}

  /** A program of what {@link #of} gave, built; 0 if the driver does not take it any more. */
  static long load(long context, long device, String options, byte[] binary) {
    ByteBuffer bytes = MemoryUtil.memAlloc(binary.length).put(0, binary);
    try (MemoryStack stack = MemoryStack.stackPush()) {
      IntBuffer status = stack.callocInt(1);
      IntBuffer code = stack.callocInt(1);
      long program =
          clCreateProgramWithBinary(context, stack.pointers(device), bytes, status, code);
      if (code.get(0) != 0 || program == 0) {
        return 0;
      }
      if (status.get(0) != 0 || clBuildProgram(program, device, options, null, 0) != 0) {
        clReleaseProgram(program);
        return 0;
      }
      return program;
    } finally {
      MemoryUtil.memFree(bytes);
    }
  }

  /** A built program of one device as its driver would keep it; empty if the driver has none. */
  static Optional<byte[]> of(long program) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      PointerBuffer size = stack.callocPointer(1);
      int sized = clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, size, null);
      if (sized != 0 || size.get(0) <= 0 || size.get(0) > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      ByteBuffer bytes = MemoryUtil.memAlloc((int) size.get(0));
      try {
        if (clGetProgramInfo(program, CL_PROGRAM_BINARIES, stack.pointers(bytes), null) != 0) {
          return Optional.empty();
        }
        byte[] binary = new byte[bytes.capacity()];
        bytes.get(0, binary);
        return Optional.of(binary);
      } finally {
        MemoryUtil.memFree(bytes);
      }
    }
  }
}
