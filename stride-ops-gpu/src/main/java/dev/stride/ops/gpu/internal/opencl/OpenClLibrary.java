package dev.stride.ops.gpu.internal.opencl;

import dev.stride.api.spi.Availability;
import dev.stride.api.spi.Availability.Unavailable;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Optional;
import org.lwjgl.opencl.CL;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.Platform;

/**
 * The OpenCL library of the system, loaded once a process when somebody asks for it.
 *
 * <p>Whatever goes wrong is told, not thrown: a machine without OpenCL is a usual one.
 */
final class OpenClLibrary {

  private static final String FRAMEWORK =
      "/System/Library/Frameworks/OpenCL.framework/Versions/Current/OpenCL";

  private OpenClLibrary() {}

  /** Loads the library if need be; unavailable with the reason and the remedy if that fails. */
  static synchronized Availability load() {
    Optional<Unavailable> refusal = nativeAccess();
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      configure();
      return isLoaded() ? Availability.available() : search();
    } catch (LinkageError | RuntimeException failure) {
      return Availability.unavailable(
          "the binding of OpenCL cannot be loaded: " + failure.getMessage(),
          "add the natives of LWJGL for this system to the class path, such as"
              + " org.lwjgl:lwjgl:natives-windows; see docs/opencl.md");
    }
  }

  /** Both the binding and this module look into native libraries. */
  private static Optional<Unavailable> nativeAccess() {
    for (Module module :
        List.of(OpenClLibrary.class.getModule(), Configuration.class.getModule())) {
      if (!module.isNativeAccessEnabled()) {
        return Optional.of(
            new Unavailable(
                "java was started without access to native libraries",
                "start it with --enable-native-access="
                    + (module.isNamed() ? "dev.stride.ops.gpu,org.lwjgl" : "ALL-UNNAMED")));
      }
    }
    return Optional.empty();
  }

  private static void configure() {
    // Otherwise the class would load a library by itself, and fail for good if there is none.
    Configuration.OPENCL_EXPLICIT_INIT.set(true);
    if (Configuration.MEMORY_BACKEND.get() == null) {
      Configuration.MEMORY_BACKEND.set("ffm");
    }
  }

  /** By this class or by another user of the binding in this process. */
  private static boolean isLoaded() {
    try {
      CL.getICD();
      return true;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  private static Availability search() {
    for (String name : names()) {
      if (isThere(name)) {
        CL.create(name);
        return Availability.available();
      }
    }
    return Availability.unavailable(
        "there is no OpenCL loader (" + names().getFirst() + ")",
        "install the driver of the GPU and ocl-icd-libopencl1, or pocl-opencl-icd for OpenCL on the"
            + " CPU");
  }

  private static List<String> names() {
    String configured = Configuration.OPENCL_LIBRARY_NAME.get();
    if (configured != null) {
      return List.of(configured);
    }
    return switch (Platform.get()) {
      case LINUX, FREEBSD -> List.of("libOpenCL.so.1", "libOpenCL.so");
      case MACOSX -> List.of(FRAMEWORK);
      case WINDOWS -> List.of("OpenCL.dll");
    };
  }

  /** Asked before LWJGL is, which writes to standard error where it finds none. */
  @SuppressWarnings("restricted")
  private static boolean isThere(String name) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(name, arena);
      return true;
    } catch (IllegalArgumentException absent) {
      return false;
    }
  }
}
