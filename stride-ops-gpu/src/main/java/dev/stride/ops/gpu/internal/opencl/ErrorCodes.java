package dev.stride.ops.gpu.internal.opencl;

import java.util.Map;

/** Names of the error codes of OpenCL, as the specification has them. */
public final class ErrorCodes {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(-1, "DEVICE_NOT_FOUND"),
          Map.entry(-2, "DEVICE_NOT_AVAILABLE"),
          Map.entry(-3, "COMPILER_NOT_AVAILABLE"),
          Map.entry(-4, "MEM_OBJECT_ALLOCATION_FAILURE"),
          Map.entry(-5, "OUT_OF_RESOURCES"),
          Map.entry(-6, "OUT_OF_HOST_MEMORY"),
          Map.entry(-9, "INVALID_GL_OBJECT"),
          Map.entry(-11, "BUILD_PROGRAM_FAILURE"),
          Map.entry(-12, "MAP_FAILURE"),
          Map.entry(-14, "EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST"),
          Map.entry(-30, "INVALID_VALUE"),
          Map.entry(-33, "INVALID_DEVICE"),
          Map.entry(-34, "INVALID_CONTEXT"),
          Map.entry(-36, "INVALID_COMMAND_QUEUE"),
          Map.entry(-38, "INVALID_MEM_OBJECT"),
          Map.entry(-42, "INVALID_BINARY"),
          Map.entry(-44, "INVALID_PROGRAM"),
          Map.entry(-45, "INVALID_PROGRAM_EXECUTABLE"),
          Map.entry(-46, "INVALID_KERNEL_NAME"),
          Map.entry(-48, "INVALID_KERNEL"),
          Map.entry(-49, "INVALID_ARG_INDEX"),
          Map.entry(-50, "INVALID_ARG_VALUE"),
          Map.entry(-51, "INVALID_ARG_SIZE"),
          Map.entry(-52, "INVALID_KERNEL_ARGS"),
          Map.entry(-54, "INVALID_WORK_GROUP_SIZE"),
          Map.entry(-55, "INVALID_WORK_ITEM_SIZE"),
          Map.entry(-57, "INVALID_EVENT_WAIT_LIST"),
          Map.entry(-58, "INVALID_EVENT"),
          Map.entry(-59, "INVALID_OPERATION"),
          Map.entry(-61, "INVALID_BUFFER_SIZE"),
          Map.entry(-63, "INVALID_GLOBAL_WORK_SIZE"),
          Map.entry(-1001, "PLATFORM_NOT_FOUND_KHR"));

  private ErrorCodes() {}

  /** The code and its name: {@code -11 (BUILD_PROGRAM_FAILURE)}. */
  public static String text(int code) {
    return code + " (" + NAMES.getOrDefault(code, "a code of the driver's own") + ")";
  }
}
