package dev.stride.ops.std.internal.linalg;

import dev.stride.api.Shape;
import java.util.Arrays;

/** Shapes of stacks of matrices. */
final class Stacks {

  private Stacks() {}

  /** The extents before the last two. */
  static Shape batch(Shape matrices) {
    return Shape.of(Arrays.copyOf(matrices.toArray(), matrices.rank() - 2));
  }

  /** The batch with further extents behind it. */
  static Shape with(Shape batch, int... extents) {
    int[] all = Arrays.copyOf(batch.toArray(), batch.rank() + extents.length);
    System.arraycopy(extents, 0, all, batch.rank(), extents.length);
    return Shape.of(all);
  }

  /**
   * For each element of {@code whole}, in row-major order, the one of {@code part} repeated there.
   */
  static int[] positions(Shape part, Shape whole) {
    int[] positions = new int[whole.size()];
    for (int i = 0; i < positions.length; i++) {
      int rest = i;
      int stride = 1;
      for (int back = 1; back <= whole.rank(); back++) {
        int index = rest % whole.extent(-back);
        rest /= whole.extent(-back);
        if (back <= part.rank()) {
          positions[i] += (part.extent(-back) == 1 ? 0 : index) * stride;
          stride *= part.extent(-back);
        }
      }
    }
    return positions;
  }
}
