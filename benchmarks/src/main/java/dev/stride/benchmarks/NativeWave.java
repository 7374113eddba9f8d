package dev.stride.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** {@code wave} of src/main/c/wave.c, compiled by gcc. */
final class NativeWave {

  private final MethodHandle handle;

  @SuppressWarnings("restricted")
  NativeWave(Path library) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    this.handle =
        Linker.nativeLinker()
            .downcallHandle(
                symbols.findOrThrow("wave"),
                FunctionDescriptor.ofVoid(
                    ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                    JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT,
                    JAVA_INT));
  }

  /** Arrays that C sees. */
  record Fields(
      MemorySegment u,
      MemorySegment next,
      MemorySegment c,
      MemorySegment keep,
      MemorySegment pull,
      MemorySegment firstEdges,
      MemorySegment edges,
      MemorySegment weights) {}

  /** Nodes along each axis. */
  record Extents(int z, int y, int x) {}

  /** Distances of rows and planes, and the first node. */
  record Strides(long pitch, long plane, long first) {}

  void run(Fields f, Extents extents, Strides strides, int steps, int threads) {
    try {
      handle.invokeExact(
          f.u,
          f.next,
          f.c,
          f.keep,
          f.pull,
          f.firstEdges,
          f.edges,
          f.weights,
          extents.z,
          extents.y,
          extents.x,
          strides.pitch,
          strides.plane,
          strides.first,
          steps,
          threads);
    } catch (Throwable failure) {
      throw new IllegalStateException("the C side failed", failure);
    }
  }
}
