package dev.stride.testkit.internal.check;

import dev.stride.testkit.internal.numeric.Layout;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Locale;

/** Says where two vectors of one layout differ in a bit. */
public final class Bits {

  private Bits() {}

  /** Empty if they are the same. */
  public static String difference(Layout layout, Vec expected, Vec got) {
    int[] at = expected.firstDifference(got);
    return at == null
        ? ""
        : String.format(
            Locale.ROOT,
            "`%s`[%d] is %s instead of %s",
            layout.path(at[0]),
            at[1],
            got.block(at[0])[at[1]],
            expected.block(at[0])[at[1]]);
  }
}
