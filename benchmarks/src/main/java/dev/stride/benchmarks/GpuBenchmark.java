package dev.stride.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stride.benchmarks.gpu.GpuCases;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.MemoryBudget;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.opencl.DeviceSearch;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The OpenCL pack on a device: next to a plain host program in C with the same kernels, where gcc
 * and the headers of OpenCL are, next to the CPU pack, and next to what the device copies.
 *
 * <p>Arguments: {@code --json} prints one JSON document and nothing else; a name such as {@code
 * opencl:1} chooses the device, the first by default.
 */
public final class GpuBenchmark {

  private GpuBenchmark() {}

  /** Runs all cases. */
  public static void main(String[] arguments) throws IOException {
    List<String> given = Arrays.asList(arguments);
    boolean json = given.contains("--json");
    String wanted = given.stream().filter(text -> !text.startsWith("--")).findFirst().orElse("");
    DeviceSearch search = DeviceSearch.run();
    Optional<DeviceDescription> device =
        search.devices().stream().filter(one -> one.device().name().startsWith(wanted)).findFirst();
    if (device.isEmpty()) {
      System.err.println("no such device: " + search.availability());
      System.exit(2);
    }
    run(device.get(), json, System.out);
  }

  private static void run(DeviceDescription description, boolean json, PrintStream out)
      throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("device", description.toString());
    List<Map<String, Object>> results = new ArrayList<>();
    try (ComputeDevice device =
        new ComputeDevice(description, MemoryBudget.of(description, null))) {
      GpuCases cases = new GpuCases(device, System.err);
      for (Supplier<Map<String, Object>> one : cases.all()) {
        Map<String, Object> result = one.get();
        results.add(result);
        if (!json) {
          out.println(result);
        }
      }
    }
    document.put("cases", results);
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(document));
    }
  }
}
