package dev.stride.benchmarks.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A native library to measure against, or the reason why it is not there. */
public final class NativeLibrary {

  private final String name;
  private final @Nullable SymbolLookup symbols;
  private final @Nullable String obstacle;

  private NativeLibrary(String name, @Nullable SymbolLookup symbols, @Nullable String obstacle) {
    this.name = name;
    this.symbols = symbols;
    this.obstacle = obstacle;
  }

  /**
   * Plain C: {@code src/main/c/NAME.c}, which {@code benchmarks/run} compiles where gcc is there,
   * with {@code -O3 -march=native -ffast-math -fopenmp}.
   */
  public static NativeLibrary ofSource(String source) {
    Path file = Path.of(System.getProperty("stride.benchmarks.native", ""), source + ".so");
    return Files.exists(file)
        ? new NativeLibrary("c", lookup(file.toString()), null)
        : new NativeLibrary("c", null, file + " is missing; install gcc and use benchmarks/run");
  }

  /**
   * A library of the system.
   *
   * @param name the yardstick's
   * @param debian the package to install where it is missing
   * @param file such as {@code libopenblas.so.0}
   */
  public static NativeLibrary installed(String name, String debian, String file) {
    try {
      return new NativeLibrary(name, lookup(file), null);
    } catch (IllegalArgumentException missing) {
      return new NativeLibrary(name, null, file + " is missing; install package " + debian);
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup lookup(String file) {
    return SymbolLookup.libraryLookup(file, Arena.global());
  }

  /** The yardstick's name. */
  public String name() {
    return name;
  }

  /** Why it cannot be used, and what to do; null if it can. */
  public @Nullable String obstacle() {
    return obstacle;
  }

  /**
   * A function that may be given arrays of the heap, as {@code MemorySegment.ofArray}; empty where
   * the library is missing.
   */
  @SuppressWarnings("restricted")
  public Optional<MethodHandle> function(String function, FunctionDescriptor descriptor) {
    return Optional.ofNullable(symbols)
        .map(found ->
            Linker.nativeLinker()
                .downcallHandle(
                    found.findOrThrow(function), descriptor, Linker.Option.critical(true)));
  }
}
