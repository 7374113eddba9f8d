package dev.stride.ops.gpu.internal.opencl;

import dev.stride.api.StrideException;

/** OpenCL refused something. The message says what, with the code by name, and what to do. */
public final class OpenClException extends StrideException {

  private static final long serialVersionUID = 1;

  private final int code;

  /** A refusal with a code of OpenCL. */
  public OpenClException(int code, String message) {
    super("OpenCL", message);
    this.code = code;
  }

  /** The code that OpenCL gave. */
  public int code() {
    return code;
  }

  /**
   * Does nothing if the code says success.
   *
   * @throws OpenClException otherwise, naming the function and the code
   */
  static void check(int code, String function) {
    if (code != 0) {
      throw new OpenClException(code, function + " failed with " + ErrorCodes.text(code) + ".");
    }
  }
}
