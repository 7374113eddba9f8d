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
 * Makes one value of the terms that an expression gives over axes of the space that its operands
 * are broadcast to: their sum, or another {@link Fold}.
 *
 * <p>Every work item takes up to {@value #TERMS} terms, sums with their rounding errors kept, in
 * float64 where the device has it, and what comes out is taken together in the same way until one
 * is left. No atomics and no order of groups: which term meets which depends on shapes alone, so
 * that results are the same bits in every run on one device.
 */
public final class Reduction {

  private static final int TERMS = 256;

  private final ComputeDevice device;
  private final String operator;
  private final Fold fold;
  private final boolean doubles;

  /** Sums on a device on behalf of an operator, which messages name. */
  public Reduction(ComputeDevice device, String operator) {
    this(device, operator, Fold.SUM);
  }

  /** Reduces on a device on behalf of an operator, which messages name. */
  public Reduction(ComputeDevice device, String operator, Fold fold) {
    this.device = device;
    this.operator = operator;
    this.fold = fold;
    this.doubles = device.description().doubles();
  }

  /**
   * Starts to compute the values.
   *
   * @param axes that are removed; their shape is the space
   * @param operands on the device, of one type, in the order of the code's
   * @param divisor that every value is divided by
   * @return of the shape {@link Axes#to}
   */
  public Tensor compute(
      Code code, Axes axes, double divisor, List<Tensor> operands, double... numbers) {
    DataType type = operands.getFirst().dataType();
    Tensor out = device.allocate(axes.to(), type, operator + " " + axes.to());
    if (out.size() == 0) {
      return out;
    }
    Pass pass = new Pass(code, axes, type, operands, numbers);
    Target whole = whole(device.storage(out), divisor);
    if (pass.parts == 1) {
      pass.launch(whole);
      return out;
    }
    try (Partial first = new Partial(axes.slices(), pass.parts)) {
      pass.launch(first.target());
      finish(first, new Adding(fold, type, pass.slicesFirst), whole);
    }
    return out;
  }

  /** Adds partial sums up until one a slice is left. */
  private void finish(Partial from, Adding form, Target whole) {
    if (from.parts <= TERMS) {
      add(from, form, 1, whole);
      return;
    }
    try (Partial next = new Partial(from.slices, parts(from.parts))) {
      add(from, form, next.parts, next.target());
      finish(next, form, whole);
    }
  }

  private void add(Partial from, Adding form, int parts, Target target) {
    List<Object> arguments = new ArrayList<>(List.of(from.slices, from.parts, parts));
    arguments.add(from.sums);
    arguments.add(from.lost);
    long items = Math.multiplyExact((long) from.slices, parts);
    Supplier<String> source = () -> addingSource(form.type, form.slicesFirst);
    launch(form, source, items, arguments, target);
  }

  private static int parts(int length) {
    return (length + TERMS - 1) / TERMS;
  }

  private void launch(
      Object form, Supplier<String> source, long items, List<Object> arguments, Target target) {
    arguments.addAll(target.storages());
    arguments.addAll(target.numbers());
    device.launch(
        new Launch(
            device.kernel(form, source, target.kernel()),
            operator,
            items,
            arguments,
            target.storages()));
  }

  /** All that the source of the first addition depends on. */
  private record First(
      Fold fold, Code code, String kept, String removed, DataType type, boolean slicesFirst) {}

  /** All that the source of the others depends on. */
  private record Adding(Fold fold, DataType type, boolean slicesFirst) {}

  /** Where a pass leaves its sums, and the kernel that does so. */
  private record Target(String kernel, List<DeviceStorage> storages, List<Object> numbers) {}

  private Target whole(DeviceStorage out, double divisor) {
    List<Object> numbers = new ArrayList<>();
    Arguments.add(numbers, doubles, divisor);
    return new Target("whole", List.of(out), numbers);
  }

  /** Reduction on the way, and what their roundings have lost. */
  private final class Partial implements AutoCloseable {

    private final int slices;
    private final int parts;
    private final DeviceStorage sums;
    private final DeviceStorage lost;

    Partial(int slices, int parts) {
      this.slices = slices;
      this.parts = parts;
      int size = Math.multiplyExact(slices, parts);
      DataType type = doubles ? DataType.FLOAT64 : DataType.FLOAT32;
      this.sums = device.allocate(size, type, operator + " partial sums");
      this.lost = device.allocate(size, type, operator + " partial sums");
    }

    Target target() {
      return new Target("parts", List.of(sums, lost), List.of());
    }

    @Override
    public void close() {
      sums.release();
      lost.release();
    }
  }

  /** The first addition: of what the expression gives at each position. */
  private final class Pass {

    private final Code code;
    private final DataType type;
    private final List<Tensor> operands;
    private final double[] numbers;
    private final int slices;
    private final int length;
    private final int parts;
    private final boolean slicesFirst;
    private final Layout kept;
    private final Layout removed;

    Pass(Code code, Axes axes, DataType type, List<Tensor> operands, double[] numbers) {
      this.code = code;
      this.type = type;
      this.operands = operands;
      this.numbers = numbers;
      this.slices = axes.slices();
      this.length = axes.length();
      this.parts = Math.max(1, Reduction.parts(length));
      Shape space = axes.from();
      boolean[] stays = new boolean[space.rank()];
      boolean[] goes = new boolean[space.rank()];
      boolean lastStays = false;
      for (int axis = 0; axis < stays.length; axis++) {
        goes[axis] = axes.isRemoved(axis);
        stays[axis] = !goes[axis];
        lastStays = space.extent(axis) == 1 ? lastStays : stays[axis];
      }
      List<int[]> strides =
          operands.stream().map(operand -> Layout.over(space, operand.shape())).toList();
      this.kept = new Layout("k", space, stays, strides);
      this.removed = new Layout("r", space, goes, strides);
      this.slicesFirst = lastStays;
    }

    void launch(Target target) {
      List<Object> arguments = new ArrayList<>(List.of(slices, length, parts));
      arguments.addAll(kept.arguments());
      arguments.addAll(removed.arguments());
      operands.forEach(operand -> arguments.add(device.storage(operand)));
      Arguments.addNumbers(arguments, type, numbers);
      Object form = new First(fold, code, kept.form(), removed.form(), type, slicesFirst);
      long items = Math.multiplyExact((long) slices, parts);
      Reduction.this.launch(form, this::source, items, arguments, target);
    }

    private String source() {
      String parameters = kept.parameters() + removed.parameters() + Arguments.parameters(code);
      String loop =
          kept.coordinates("slice")
              + "for (uint index = part; index < length; index += parts) {\n"
              + removed.coordinates("index")
              + Arguments.loads(
                  code,
                  operand ->
                      kept.position(operand, "slice") + " + " + removed.position(operand, "index"))
              + "add(&sum, &lost, "
              + code.text()
              + ");\n}\n";
      return kernels(type, slicesFirst, parameters, loop);
    }
  }

  private String addingSource(DataType type, boolean slicesFirst) {
    String at = slicesFirst ? "index * slices + slice" : "slice * length + index";
    return kernels(
        type,
        slicesFirst,
        "__global const A *sums, __global const A *losses, ",
        "for (uint index = part; index < length; index += parts) {\n"
            + "add(&sum, &lost, sums[%s]);\nlost += losses[%s];\n}\n".formatted(at, at));
  }

  /** Both kernels of a loop: one that leaves parts, and one that leaves the whole. */
  private String kernels(DataType type, boolean slicesFirst, String parameters, String loop) {
    String body =
        (slicesFirst
                ? "const uint slice = item % slices, part = item / slices;\n"
                : "const uint slice = min(item / parts, slices - 1), part = item % parts;\n")
            + "A sum = NONE, lost = 0;\n"
            + loop;
    return Source.ROUNDED_APART
        + Source.folds(type, doubles, fold)
        + kernel(
            "parts",
            parameters + "__global A *partSums, __global A *partLosses",
            body + "partSums[item] = sum;\npartLosses[item] = lost;\n")
        + kernel(
            "whole",
            parameters + "__global T *out, const A divisor",
            body + "out[item] = (T) (total(sum, lost) / divisor);\n");
  }

  private static String kernel(String name, String parameters, String body) {
    return "__kernel void "
        + name
        + "(const uint slices, const uint length, const uint parts, "
        + parameters
        + ") {\nconst uint item = get_global_id(0);\n"
        + "if (item >= slices * parts) { return; }\n"
        + body
        + "}\n";
  }
}
