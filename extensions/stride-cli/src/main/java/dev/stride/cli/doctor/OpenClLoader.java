package dev.stride.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for the OpenCL loader and the drivers registered with it, by their files. */
final class OpenClLoader {

  private static final List<String> LIBRARY_FOLDERS =
      List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt");
  private static final Path VENDORS = Path.of("/etc/OpenCL/vendors");
  private static final int DEPTH = 4;

  private OpenClLoader() {}

  static Finding finding() {
    Optional<Path> library =
        LIBRARY_FOLDERS.stream().map(Path::of).flatMap(OpenClLoader::libraries).findFirst();
    List<String> drivers = drivers(System.getenv("OCL_ICD_VENDORS"));
    if (library.isEmpty()) {
      return Finding.limited(
          "opencl",
          "no OpenCL loader (libOpenCL.so) found: computing on the CPU",
          "For a GPU install its driver and ocl-icd-libopencl1; for OpenCL on the CPU"
              + " pocl-opencl-icd.");
    }
    if (drivers.isEmpty()) {
      return Finding.limited(
          "opencl",
          library.get() + " is there, but no driver is registered in " + VENDORS,
          "Install the driver of your GPU, or pocl-opencl-icd for OpenCL on the CPU.");
    }
    return Finding.good("opencl", library.get() + " with drivers " + String.join(", ", drivers));
  }

  private static Stream<Path> libraries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files =
        Files.find(
            folder,
            DEPTH,
            (file, attributes) -> file.getFileName().toString().startsWith("libOpenCL.so"))) {
      return files.sorted().limit(1).toList().stream();
    } catch (IOException | UncheckedIOException unreadable) {
      return Stream.empty();
    }
  }

  private static List<String> drivers(@Nullable String override) {
    Path folder = override == null ? VENDORS : Path.of(override);
    List<String> names = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".icd"))
            .sorted()
            .forEach(names::add);
      } catch (IOException unreadable) {
        return List.of();
      }
    }
    return names;
  }
}
