package dev.stride.benchmarks.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.stride.ops.gpu.internal.device.Range;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code run_kernel} of src/main/c/opencl.c, on the device that is measured. */
public final class HostProgram {

  private final DeviceDescription device;
  private final @Nullable MethodHandle run;

  private HostProgram(DeviceDescription device, @Nullable MethodHandle run) {
    this.device = device;
    this.run = run;
  }

  /** The program, which may be missing. */
  @SuppressWarnings("restricted")
  public static HostProgram of(DeviceDescription device) {
    Path file = Path.of(System.getProperty("stride.benchmarks.native", ""), "opencl.so");
    if (!Files.exists(file)) {
      return new HostProgram(device, null);
    }
    MethodHandle run =
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.libraryLookup(file, Arena.global()).findOrThrow("run_kernel"),
                FunctionDescriptor.of(
                    JAVA_DOUBLE,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    ADDRESS));
    return new HostProgram(device, run);
  }

  /** Whether it was compiled. */
  public boolean isThere() {
    return run != null;
  }

  /**
   * What was measured.
   *
   * @param seconds from the first command to the end of the last
   * @param handedOver seconds until the last was handed over
   * @param first buffer, as it was left
   */
  @SuppressWarnings("ArrayRecordComponent") // Read once.
  public record Measured(double seconds, double handedOver, float[] first) {}

  /**
   * Runs a kernel so many times, the best of some turns.
   *
   * @param buffers what its arguments hold. Not modified.
   * @param swaps whether the first two change places after each time
   */
  @SuppressWarnings("restricted")
  public Measured run(
      String source, String kernel, Range range, List<float[]> buffers, int times, boolean swaps) {
    if (run == null) {
      throw new IllegalStateException("not compiled");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment contents = arena.allocate(ADDRESS, buffers.size());
      MemorySegment sizes = arena.allocate(JAVA_LONG, buffers.size());
      for (int b = 0; b < buffers.size(); b++) {
        contents.setAtIndex(ADDRESS, b, arena.allocateFrom(JAVA_FLOAT, buffers.get(b)));
        sizes.setAtIndex(JAVA_LONG, b, buffers.get(b).length);
      }
      MemorySegment handedOver = arena.allocate(JAVA_DOUBLE);
      double seconds =
          (double)
              run.invokeExact(
                  arena.allocateFrom(device.platformName()),
                  arena.allocateFrom(device.name()),
                  arena.allocateFrom(source),
                  arena.allocateFrom(kernel),
                  buffers.size(),
                  contents,
                  sizes,
                  range.items().size(),
                  numbers(arena, range.items()),
                  numbers(arena, range.group()),
                  times,
                  swaps ? 1 : 0,
                  1,
                  handedOver);
      if (seconds < 0) {
        throw new IllegalStateException("OpenCL's error " + seconds + " in C");
      }
      MemorySegment first =
          contents.getAtIndex(ADDRESS, 0).reinterpret(4L * buffers.getFirst().length);
      return new Measured(seconds, handedOver.get(JAVA_DOUBLE, 0), first.toArray(JAVA_FLOAT));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException("the C side failed", failure);
    }
  }

  private static MemorySegment numbers(Arena arena, List<Long> numbers) {
    MemorySegment segment = arena.allocate(JAVA_LONG, numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      segment.setAtIndex(JAVA_LONG, i, numbers.get(i));
    }
    return segment;
  }
}
