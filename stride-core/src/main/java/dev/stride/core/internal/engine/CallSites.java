package dev.stride.core.internal.engine;

import java.lang.StackWalker.StackFrame;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds where user code called an operator. */
final class CallSites {

  /**
   * As many frames as a call through the API's shortcuts has, up to user code. The virtual machine
   * describes frames in batches, and a second batch takes longer than all the rest of a call.
   */
  private static final int FRAMES = 9;

  private static final StackWalker WALKER = StackWalker.getInstance(Set.of(), FRAMES);

  private CallSites() {}

  /** The innermost frame that is neither the API's nor the engine's; null if there is none. */
  static @Nullable StackFrame find() {
    return WALKER.walk(frames -> frames.filter(CallSites::isUserCode).findFirst().orElse(null));
  }

  static String text(@Nullable StackFrame frame) {
    return frame == null
        ? "unknown (not captured for cheap operators; build the engine with captureCallSites())"
        : withoutModule(frame.toStackTraceElement()).toString();
  }

  /** The same place without module and version, which would only be in the way of reading it. */
  private static StackTraceElement withoutModule(StackTraceElement place) {
    return new StackTraceElement(
        place.getClassName(), place.getMethodName(), place.getFileName(), place.getLineNumber());
  }

  private static boolean isUserCode(StackFrame frame) {
    String name = frame.getClassName();
    return !name.startsWith("dev.stride.api.")
        && !name.startsWith("dev.stride.core.internal.")
        && !name.startsWith("dev.stride.core.Stride")
        && !name.startsWith("java.");
  }
}
