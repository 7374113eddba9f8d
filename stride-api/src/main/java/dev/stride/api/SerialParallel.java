package dev.stride.api;

import java.util.function.IntConsumer;

enum SerialParallel implements Parallel {
  INSTANCE;

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public void run(int chunks, IntConsumer chunk) {
    for (int i = 0; i < chunks; i++) {
      chunk.accept(i);
    }
  }
}
