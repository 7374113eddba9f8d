package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is computed along a slice, element after element: sums up to each one, and products of all
 * others.
 *
 * <p>A slice is cut into parts; one work item goes through each. First they find the totals of the
 * parts, from which each learns what it starts with. The order is fixed by shapes, so that results
 * are the same bits in every run on one device. Accumulates in float64 where the device has it.
 */
public final class Scans {

  /** Elements of a part, at least; long slices have as many parts as a part has elements. */
  private static final int PART = 256;

  private static final String PLACES =
      """
      #define EACH_OF_PART \\
        for (uint k = part * length; k < min((part + 1) * length, whole); k++)
      """;

  /** Turns the totals of a slice's parts into what each part starts with. */
  private static final String STARTS =
      """
      __kernel void starts(
          const uint slices, const uint parts, __global A *starts, __global A *losses) {
        const uint slice = get_global_id(0);
        if (slice >= slices) { return; }
        A sum = NONE, lost = 0;
        for (uint item = slice * parts; item < (slice + 1) * parts; item++) {
          const A term = starts[item], rest = losses[item];
          starts[item] = sum;
          losses[item] = lost;
          add(&sum, &lost, term);
          lost += rest;
        }
      }
      """;

  private final ComputeDevice device;
  private final String operator;
  private final boolean doubles;

  /** Computes on a device on behalf of an operator, which messages name. */
  public Scans(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
    this.doubles = device.description().doubles();
  }

  /**
   * Starts to compute the sums of the elements up to each one, itself included.
   *
   * @param axes that slices run along
   * @param backwards whether sums begin at the end
   */
  public Tensor sums(Axes axes, Tensor x, boolean backwards) {
    Tensor out = device.allocate(x.shape(), x.dataType(), operator + " " + x.shape());
    if (out.size() > 0) {
      try (Pass pass = new Pass(Fold.SUM, axes, x, x, backwards)) {
        pass.launch("inclusive", List.of(device.storage(out)));
      }
    }
    return out;
  }

  /**
   * Starts to compute, for each element, {@code factor} times the product of the others in its
   * slice. There is no division, so that it is exact with zeros.
   *
   * @param factor one a slice, of shape {@link Axes#kept}
   */
  public Tensor productsOfOthers(Axes axes, Tensor x, Tensor factor) {
    Tensor out = device.allocate(x.shape(), x.dataType(), operator + " " + x.shape());
    if (out.size() == 0) {
      return out;
    }
    DataType wide = doubles ? DataType.FLOAT64 : DataType.FLOAT32;
    DeviceStorage behind = device.allocate(x.size(), wide, operator + " partial products");
    try (Pass backwards = new Pass(Fold.PRODUCT, axes, x, factor, true);
        Pass forwards = new Pass(Fold.PRODUCT, axes, x, factor, false)) {
      backwards.launch("behind", List.of(behind));
      forwards.launch("others", List.of(behind, device.storage(out)));
    } finally {
      behind.release();
    }
    return out;
  }

  /** All that the source depends on. */
  private record Form(Fold fold, String kept, String removed, DataType type) {}

  /** One way through all slices: what each part starts with, and the commands that need it. */
  private final class Pass implements AutoCloseable {

    private final DataType type;
    private final int slices;
    private final int parts;
    private final List<Object> first;
    private final DeviceStorage x;
    private final DeviceStorage factor;
    private final DeviceStorage starts;
    private final DeviceStorage lost;
    private final Form form;
    private final Supplier<String> source;

    Pass(Fold fold, Axes axes, Tensor x, Tensor factor, boolean backwards) {
      Shape space = axes.from();
      List<int[]> strides =
          List.of(Layout.over(space, x.shape()), Layout.over(space, factor.shape()));
      boolean[] goes = new boolean[space.rank()];
      boolean[] stays = new boolean[space.rank()];
      for (int axis = 0; axis < goes.length; axis++) {
        goes[axis] = axes.isRemoved(axis);
        stays[axis] = !goes[axis];
      }
      Layout kept = new Layout("k", space, stays, strides);
      Layout removed = new Layout("r", space, goes, strides);
      int whole = axes.length();
      int length = Math.max(PART, (int) Math.ceil(Math.sqrt(whole)));
      this.type = x.dataType();
      this.slices = axes.slices();
      this.parts = (whole + length - 1) / length;
      this.x = device.storage(x);
      this.factor = device.storage(factor);
      this.form = new Form(fold, kept.form(), removed.form(), type);
      this.source = () -> source(fold, kept, removed);
      this.first = new ArrayList<>(List.of(slices, parts, length, whole, backwards ? 1 : 0));
      first.addAll(kept.arguments());
      first.addAll(removed.arguments());
      DataType wide = doubles ? DataType.FLOAT64 : DataType.FLOAT32;
      int size = Math.multiplyExact(slices, parts);
      this.starts = device.allocate(size, wide, operator + " partial results");
      this.lost = device.allocate(size, wide, operator + " partial results");
      if (parts > 1) {
        run("totals", size, arguments(List.of()), List.of(starts, lost));
        run("starts", slices, List.of(slices, parts, starts, lost), List.of(starts, lost));
      }
    }

    private List<Object> arguments(List<DeviceStorage> further) {
      List<Object> arguments = new ArrayList<>(first);
      arguments.addAll(List.of(x, factor, starts, lost));
      arguments.addAll(further);
      return arguments;
    }

    void launch(String kernel, List<DeviceStorage> further) {
      run(kernel, (long) slices * parts, arguments(further), List.of(further.getLast()));
    }

    private void run(
        String kernel, long items, List<Object> arguments, List<DeviceStorage> written) {
      device.launch(
          new Launch(device.kernel(form, source, kernel), operator, items, arguments, written));
    }

    private String source(Fold fold, Layout kept, Layout removed) {
      String parameters =
          "const uint slices, const uint parts, const uint length, const uint whole, "
              + "const uint backwards, "
              + kept.parameters()
              + removed.parameters()
              + "__global const T *x, __global const T *factor, "
              + "__global A *starts, __global A *losses";
      String slice =
          "const uint item = get_global_id(0);\n"
              + "if (item >= slices * parts) { return; }\n"
              + "const uint slice = item / parts, part = item % parts;\n"
              + kept.coordinates("slice");
      String place =
          "const uint index = backwards ? whole - 1 - k : k;\n"
              + removed.coordinates("index")
              + "const uint at = "
              + at(kept, removed, 0)
              + ";\n";
      String start =
          "A sum = parts > 1 ? starts[item] : NONE, lost = parts > 1 ? losses[item] : 0;\n";
      return Source.folds(type, doubles, fold)
          + PLACES
          + kernel(
              "totals",
              parameters,
              slice
                  + "A sum = NONE, lost = 0;\nEACH_OF_PART {\n"
                  + place
                  + "add(&sum, &lost, x[at]);\n}\nstarts[item] = sum;\nlosses[item] = lost;\n")
          + STARTS
          + kernel(
              "inclusive",
              parameters + ", __global T *out",
              slice
                  + start
                  + "EACH_OF_PART {\n"
                  + place
                  + "add(&sum, &lost, x[at]);\nout[at] = (T) total(sum, lost);\n}\n")
          + kernel(
              "behind",
              parameters + ", __global A *out",
              slice
                  + start
                  + "EACH_OF_PART {\n"
                  + place
                  + "out[at] = sum;\nadd(&sum, &lost, x[at]);\n}\n")
          + kernel(
              "others",
              parameters + ", __global const A *behind, __global T *out",
              slice
                  + start
                  + "EACH_OF_PART {\n"
                  + place
                  + "out[at] = (T) (factor["
                  + at(kept, removed, 1)
                  + "] * sum * behind[at]);\n"
                  + "add(&sum, &lost, x[at]);\n}\n");
    }

    @Override
    public void close() {
      starts.release();
      lost.release();
    }
  }

  private static String at(Layout kept, Layout removed, int operand) {
    return kept.position(operand, "slice") + " + " + removed.position(operand, "index");
  }

  private static String kernel(String name, String parameters, String body) {
    return "__kernel void " + name + "(" + parameters + ") {\n" + body + "}\n";
  }
}
