package dev.stride.ops.std.internal.fft;

import java.util.ArrayList;
import java.util.List;

/**
 * A length that is a product of radices: one pass each, decimated in frequency, in natural order
 * (Stockham; see C. Van Loan, Computational Frameworks for the Fast Fourier Transform, 1.7).
 */
final class SmoothColumns extends Columns {

  private final List<Stage> stages;

  private record Stage(Pass pass, int radix, Rows factors) {}

  /** Takes the radices, in the order of their passes. */
  SmoothColumns(int length, int[] radices, Passes passes) {
    super(length, Math.min(2, radices.length - 1), length);
    List<Stage> made = new ArrayList<>();
    int rest = length;
    for (int radix : radices) {
      made.add(stage(radix, rest, passes));
      rest /= radix;
    }
    this.stages = List.copyOf(made);
  }

  private static Stage stage(int radix, int length, Passes passes) {
    int blocks = length / radix;
    if (blocks == 1) {
      return new Stage(passes.of(radix, Factors.NONE), radix, passes.roots(0, 1, k -> 0));
    }
    int each = radix - 1;
    Rows factors = passes.roots(blocks * each, length, i -> (long) (i / each) * (i % each + 1));
    return new Stage(passes.of(radix, Factors.OF_ROWS), radix, factors);
  }

  @Override
  void run(Rows x, Rows y, int width, Rows[] workspace) {
    Rows from = x;
    int blocks = length();
    int repeats = 1;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      boolean ends = i == stages.size() - 1;
      blocks /= stage.radix;
      Rows to = ends ? y : workspace[i % 2].every(width);
      if (from.stride() == width && to.stride() == width) {
        int joined = repeats * width;
        stage.pass.run(from.every(joined), to.every(joined), stage.factors, blocks, 1, joined);
      } else {
        stage.pass.run(from, to, stage.factors, blocks, repeats, width);
      }
      from = to;
      repeats *= stage.radix;
    }
  }
}
