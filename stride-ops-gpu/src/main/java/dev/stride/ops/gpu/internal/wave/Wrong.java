package dev.stride.ops.gpu.internal.wave;

import java.util.Locale;

/** Errors in what the operator was given. */
final class Wrong {

  private Wrong() {}

  /** The error that an argument breaks a rule. */
  @SuppressWarnings("AnnotateFormatMethod")
  static IllegalArgumentException argument(String text, Object... values) {
    return new IllegalArgumentException(
        "stride.acoustic-wave: " + String.format(Locale.ROOT, text, values));
  }
}
