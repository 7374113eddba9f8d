package dev.stride.ops.std.internal.fft;

/** Transforms panels of columns, whatever their number; with the workspace of one thread. */
final class Panels {

  private final Columns columns;
  private final Passes passes;
  private final int width;
  private final Rows panel;
  private final Rows[] workspace;

  Panels(Columns columns, Passes passes) {
    this.columns = columns;
    this.passes = passes;
    this.width = columns.width(passes);
    this.panel = Rows.zeros(passes.type(), columns.length(), width);
    this.workspace = columns.workspace(passes.type(), width);
  }

  /** Columns of a panel. */
  int width() {
    return width;
  }

  /** Transforms columns of x to a panel, which is valid until the next call. */
  Rows transformed(Rows x, int count) {
    int padded = passes.padded(count);
    Rows result = panel.every(padded);
    if (padded > count) {
      x.copyTo(result, columns.length(), count);
      columns.run(result, result, padded, workspace);
    } else {
      columns.run(x, result, padded, workspace);
    }
    return result;
  }

  /** Transforms columns of x to y; may work in place. */
  void run(Rows x, Rows y, int count) {
    if (count % passes.lanes() == 0) {
      columns.run(x, y, count, workspace);
    } else {
      transformed(x, count).copyTo(y, columns.length(), count);
    }
  }
}
