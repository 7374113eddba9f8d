package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How operands lie over the positions of a loop: for each axis of the loop its extent and how far
 * apart the elements of each operand are, 0 where one is repeated. Axes that all operands run
 * through as one are one. Immutable.
 *
 * <p>What is left of one axis is written into the kernel; more axes are its arguments, and padded
 * to a number that most shapes have, so that few kernels are compiled.
 */
final class Layout {

  private static final int USUAL_RANK = 4;

  private final String prefix;
  private final List<Integer> extents = new ArrayList<>();
  private final List<int[]> strides = new ArrayList<>();

  /**
   * The axes chosen of a space.
   *
   * @param prefix of the names that the layout gives
   * @param chosen one mark an axis
   */
  Layout(String prefix, Shape space, boolean[] chosen, List<int[]> operands) {
    this.prefix = prefix;
    for (int axis = 0; axis < space.rank(); axis++) {
      if (chosen[axis] && space.extent(axis) != 1) {
        add(space.extent(axis), stridesAt(operands, axis));
      }
    }
    if (extents.size() > 1) {
      pad(operands.size());
    }
  }

  /**
   * All axes of a space, for kernels with an item a position. A space of one position has one axis
   * all the same, so that it takes the kernels of longer ones: operands have room for the items
   * behind it.
   */
  static Layout elementwise(Shape space, List<int[]> operands) {
    Layout layout = of(space, operands);
    if (layout.extents.isEmpty()) {
      int[] neighbours = new int[operands.size()];
      Arrays.fill(neighbours, 1);
      layout.add(1, neighbours);
    }
    return layout;
  }

  /** All axes of a space. */
  static Layout of(Shape space, List<int[]> operands) {
    boolean[] all = new boolean[space.rank()];
    Arrays.fill(all, true);
    return new Layout("", space, all, operands);
  }

  private void pad(int operands) {
    while (extents.size() % USUAL_RANK != 0) {
      extents.addFirst(1);
      strides.addFirst(new int[operands]);
    }
  }

  private static int[] stridesAt(List<int[]> operands, int axis) {
    return operands.stream().mapToInt(operand -> operand[axis]).toArray();
  }

  private void add(int extent, int[] steps) {
    int last = extents.size() - 1;
    if (last >= 0 && runsOn(strides.get(last), steps, extent)) {
      extents.set(last, extents.get(last) * extent);
      strides.set(last, steps);
    } else {
      extents.add(extent);
      strides.add(steps);
    }
  }

  private static boolean runsOn(int[] outer, int[] inner, int extent) {
    for (int operand = 0; operand < outer.length; operand++) {
      if (outer[operand] != inner[operand] * extent) {
        return false;
      }
    }
    return true;
  }

  /** How far apart the elements of a row-major operand are along the axes of a space it fits. */
  static int[] over(Shape space, Shape operand) {
    int[] strides = new int[space.rank()];
    int step = 1;
    for (int axis = 1; axis <= operand.rank(); axis++) {
      int extent = operand.extent(-axis);
      strides[space.rank() - axis] = extent == 1 ? 0 : step;
      step *= extent;
    }
    return strides;
  }

  /** Parameters of a kernel that {@link #arguments} are given for. */
  String parameters() {
    StringBuilder text = new StringBuilder();
    for (int axis = 0; axis < extents.size(); axis++) {
      text.append("const uint ").append(extent(axis)).append(", ");
      for (int operand = 0; operand < strides.get(axis).length; operand++) {
        if (isGiven(axis, operand)) {
          text.append("const int ").append(stride(axis, operand)).append(", ");
        }
      }
    }
    return text.toString();
  }

  /** What the text of a kernel depends on: all but the numbers that are {@link #arguments}. */
  String form() {
    StringBuilder form = new StringBuilder(prefix).append(extents.size());
    for (int axis = 0; axis < extents.size(); axis++) {
      form.append(':');
      for (int operand = 0; operand < strides.get(axis).length; operand++) {
        form.append(isGiven(axis, operand) ? "s" : strides.get(axis)[operand]);
      }
    }
    return form.toString();
  }

  List<Object> arguments() {
    List<Object> arguments = new ArrayList<>();
    for (int axis = 0; axis < extents.size(); axis++) {
      arguments.add(extents.get(axis));
      for (int operand = 0; operand < strides.get(axis).length; operand++) {
        if (isGiven(axis, operand)) {
          arguments.add(strides.get(axis)[operand]);
        }
      }
    }
    return arguments;
  }

  private boolean isGiven(int axis, int operand) {
    int stride = strides.get(axis)[operand];
    return extents.size() > 1 || (stride != 0 && stride != 1);
  }

  /**
   * Splits an index into coordinates. One beyond the last position wraps around, so that work items
   * in the padding stay inside of their operands.
   */
  String coordinates(String index) {
    StringBuilder text = new StringBuilder();
    if (extents.size() > 1) {
      text.append("uint ").append(prefix).append("rest = ").append(index).append(";\n");
      for (int axis = extents.size() - 1; axis >= 0; axis--) {
        text.append(
            "const uint %s = %srest %% %s; %srest /= %s;\n"
                .formatted(coordinate(axis), prefix, extent(axis), prefix, extent(axis)));
      }
    }
    return text.toString();
  }

  /** Where the element of an operand is, as an expression. */
  String position(int operand, String index) {
    List<String> terms = new ArrayList<>();
    for (int axis = 0; axis < extents.size(); axis++) {
      String coordinate = extents.size() > 1 ? coordinate(axis) : index;
      if (isGiven(axis, operand)) {
        terms.add(coordinate + " * " + stride(axis, operand));
      } else if (strides.get(axis)[operand] == 1) {
        terms.add(coordinate);
      }
    }
    return terms.isEmpty() ? "0" : String.join(" + ", terms);
  }

  private String extent(int axis) {
    return prefix + "extent" + axis;
  }

  private String stride(int axis, int operand) {
    return prefix + "stride" + axis + "_" + operand;
  }

  private String coordinate(int axis) {
    return prefix + "at" + axis;
  }
}
