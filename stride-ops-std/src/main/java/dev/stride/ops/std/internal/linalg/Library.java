package dev.stride.ops.std.internal.linalg;

import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The BLAS and LAPACK that operators use, chosen once a process.
 *
 * <p>The system property {@code stride.blas} chooses: {@code native}, {@code java}, or {@code
 * auto}, the default: OpenBLAS where the system has it and the virtual machine was started with
 * native access ({@code --enable-native-access=ALL-UNNAMED}), otherwise Java. A native library runs
 * on one thread a call; the engine's pool is what makes several.
 *
 * @param blas the native BLAS; null for products in Java
 */
record Library(String name, Lapack lapack, @Nullable NativeBLAS blas) {

  /** System property that chooses. */
  static final String PROPERTY = "stride.blas";

  private static final String ONE_THREAD = "openblas_set_num_threads";

  /** Loaded when first needed. */
  private static final class Chosen {
    private static final Library LIBRARY = choose(System.getProperty(PROPERTY, "auto"));
  }

  /** The library of this process. */
  static Library chosen() {
    return Chosen.LIBRARY;
  }

  /** Java only, which is everywhere and gives the same bits on every machine. */
  static Library java() {
    return new Library("java", new JavaLapack(), null);
  }

  /**
   * OpenBLAS of the system.
   *
   * @throws UnsupportedOperationException if it cannot be used, with the reason and what to do
   */
  static Library openBlas() {
    checkAccess(Library.class.getModule());
    checkAccess(NativeBLAS.class.getModule());
    checkAccess(NativeLAPACK.class.getModule());
    useOneThread(file("dev.ludovic.netlib.blas", "blas"));
    useOneThread(file("dev.ludovic.netlib.lapack", "lapack"));
    try {
      NativeBLAS blas = QuietLoading.of(loader(NativeBLAS.class), NativeBLAS::getInstance);
      NativeLAPACK lapack = QuietLoading.of(loader(NativeLAPACK.class), NativeLAPACK::getInstance);
      return new Library("openblas", new NativeLapack(blas, lapack), blas);
    } catch (RuntimeException missing) {
      throw new UnsupportedOperationException(
          "the native library could not be loaded: " + missing.getMessage(), missing);
    }
  }

  /** The class of netlib that says at level INFO what it has loaded. */
  private static String loader(Class<?> library) {
    return library.getPackageName() + ".InstanceBuilder";
  }

  static Library choose(String wish) {
    return switch (wish) {
      case "java" -> java();
      case "native" -> openBlas();
      case "auto" -> automatic();
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is `" + wish + "`; expected auto, native or java.");
    };
  }

  private static Library automatic() {
    try {
      return openBlas();
    } catch (UnsupportedOperationException obstacle) {
      System.getLogger(Library.class.getPackageName())
          .log(
              Level.INFO,
              "linear algebra runs in Java, large products several times slower than with OpenBLAS:"
                  + " {0} (-Dstride.blas=java is this choice without the message)",
              obstacle.getMessage());
      return java();
    }
  }

  private static void checkAccess(Module module) {
    if (!module.isNativeAccessEnabled()) {
      throw new UnsupportedOperationException(
          "native access is not enabled for "
              + (module.isNamed() ? "module " + module.getName() : "the class path")
              + ". Start java with --enable-native-access="
              + (module.isNamed() ? module.getName() : "ALL-UNNAMED")
              + ".");
    }
  }

  /** The file that netlib opens: its own property, or the usual name. */
  private static String file(String prefix, String library) {
    String path = System.getProperty(prefix + ".nativeLibPath");
    return path != null
        ? path
        : System.getProperty(prefix + ".nativeLib", System.mapLibraryName(library) + suffix());
  }

  private static String suffix() {
    return System.mapLibraryName("").endsWith(".so") ? ".3" : "";
  }

  /** Another library than OpenBLAS may be slow or start threads that nobody asked for. */
  @SuppressWarnings("restricted")
  private static void useOneThread(String file) {
    try {
      var function =
          SymbolLookup.libraryLookup(file, Arena.global())
              .find(ONE_THREAD)
              .orElseThrow(() ->
                  new UnsupportedOperationException(
                      file + " is not OpenBLAS. Install OpenBLAS and make it the system's BLAS."));
      Linker.nativeLinker()
          .downcallHandle(function, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
          .invokeExact(1);
    } catch (IllegalArgumentException missing) {
      throw new UnsupportedOperationException(
          file + " is missing. Install OpenBLAS, such as package libopenblas0.", missing);
    } catch (UnsupportedOperationException obstacle) {
      throw obstacle;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
