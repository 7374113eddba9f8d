package dev.stride.ops.gpu.internal.opencl;

/** Looks for devices twice in a JVM of its own and prints what it finds. */
final class PrintedSearch {

  private PrintedSearch() {}

  public static void main(String[] arguments) {
    DeviceSearch.run();
    System.out.println(DeviceSearch.run());
  }
}
