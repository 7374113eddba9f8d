package dev.stride.ops.gpu.internal.sparse;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.kernel.SparseMatrix;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.sparse.EntryProducts.Picks;
import java.util.Arrays;

/**
 * Where the entries of a sparse matrix are, checked and in the memory of a device, for the three
 * sums that a product and its adjoint take. Immutable.
 *
 * @param rows a sum for each row, of values and elements of the vector
 * @param entries a product for each entry, of cotangents and elements of the vector
 * @param columns a sum for each column, of values and cotangents
 */
record Pattern(Picks rows, Picks entries, Picks columns) {

  private static final String HOLDER = "stride.csr-matvec places";

  /**
   * The pattern of a call, read from the device to be checked: an error names the row that is
   * wrong.
   *
   * @param width number of columns of the matrix
   */
  static Pattern of(OperatorCall call, int width, ComputeDevice device) {
    Tensor given = call.tensor("starts").toHeap();
    Tensor columns = call.tensor("columns").toHeap();
    int[] starts = new int[given.size()];
    if (starts.length == 0) {
      throw Operands.wrong(
          call, "`starts` is empty; it must have one number more than there are rows. Give [0].");
    }
    for (int i = 0; i < starts.length; i++) {
      starts[i] = start(call, given, columns.size(), i, i == 0 ? 0 : starts[i - 1]);
    }
    return uploaded(width, starts, columns(call, columns, width, starts), device);
  }

  private static Pattern uploaded(int width, int[] starts, int[] column, ComputeDevice device) {
    int rows = starts.length - 1;
    int entries = column.length;
    SparseMatrix transposed = new SparseMatrix(width, starts, column, count(entries)).transposed();
    int[] rowOf = new int[entries];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(rowOf, starts[row], starts[row + 1], row);
    }
    int[] counted = new int[entries + 1];
    Arrays.setAll(counted, k -> k);
    DeviceStorage each = device.upload(counted, HOLDER);
    DeviceStorage columns = device.upload(column, HOLDER);
    return new Pattern(
        new Picks(rows, device.upload(starts, HOLDER), each, columns),
        new Picks(entries, each, device.upload(rowOf, HOLDER), columns),
        new Picks(
            width,
            device.upload(transposed.starts(), HOLDER),
            device.upload(entriesOf(transposed), HOLDER),
            device.upload(transposed.column(), HOLDER)));
  }

  /** The numbers of the entries as weights, which a transpose moves. */
  private static double[] count(int entries) {
    double[] numbers = new double[entries];
    Arrays.setAll(numbers, k -> k);
    return numbers;
  }

  private static int[] entriesOf(SparseMatrix transposed) {
    double[] weight = transposed.weight();
    return weight == null
        ? new int[0]
        : Arrays.stream(weight).mapToInt(number -> (int) number).toArray();
  }

  private static int[] columns(OperatorCall call, Tensor given, int width, int[] starts) {
    int[] column = new int[given.size()];
    for (int row = 0; row + 1 < starts.length; row++) {
      for (int k = starts[row]; k < starts[row + 1]; k++) {
        double number = given.at(k);
        column[k] = (int) number;
        if (column[k] != number || column[k] < 0 || column[k] >= width) {
          throw wrongColumn(call, number, width, row, k);
        }
      }
    }
    return column;
  }

  private static int start(OperatorCall call, Tensor starts, int entries, int i, int before) {
    double given = starts.at(i);
    boolean last = i == starts.size() - 1;
    if (given != Math.rint(given)
        || given < before
        || given > entries
        || (i == 0 && given != 0)
        || (last && given != entries)) {
      String place =
          last && i > 0 ? "row " + (i - 1) + " ends at entry " : "row " + i + " begins at entry ";
      throw Operands.wrong(
          call,
          place
              + given
              + " by `starts`, but "
              + (i == 0
                  ? "the first begins at 0"
                  : last
                      ? "the last ends with the " + entries + " entries of `columns`"
                      : "that before it at " + before + ", and there are " + entries + " entries")
              + ". Starts are whole numbers from 0 to the number of entries that never fall.");
    }
    return (int) given;
  }

  private static IllegalArgumentException wrongColumn(
      OperatorCall call, double given, int width, int row, int entry) {
    return Operands.wrong(
        call,
        "row "
            + row
            + " has column "
            + given
            + " at entry "
            + entry
            + ", but `x` has "
            + width
            + " elements; columns are whole numbers from 0 to "
            + (width - 1)
            + ". Correct `columns`, or give it in float64 if float32 rounded it.");
  }
}
