package dev.stride.ops.std.internal.kernel;

import dev.stride.api.Parallel;
import java.util.function.IntConsumer;

/** Runs chunks from the last to the first: a schedule that shows what depends on their order. */
public final class Backwards implements Parallel {

  private int runs;

  /** How often work was split. */
  public int runs() {
    return runs;
  }

  @Override
  public int threads() {
    return 2;
  }

  @Override
  public void run(int chunks, IntConsumer chunk) {
    runs++;
    for (int i = chunks - 1; i >= 0; i--) {
      chunk.accept(i);
    }
  }
}
