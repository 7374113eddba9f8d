package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Transforms {@code y[k] = scale sum_j exp(-2 pi i j k / n) x[j]} of lines of any length n, which
 * stand {@code [outer, n, inner]}.
 */
final class LineTransform {

  /** Products with a factor for each place of a line, which is cut or filled up with zeros. */
  private static final String PRODUCTS =
      """
      __kernel void products(
          const uint count, const uint inner, const uint length, const uint toLength,
          const uint isReal, const uint step, const uint realFrom, const uint imaginaryFrom,
          const uint toStep, const uint realTo, const uint imaginaryTo, const T scale,
          __global const T *real, __global const T *imaginary,
          __global const T *factorReal, __global const T *factorImaginary,
          __global T *toReal, __global T *toImaginary) {
        const uint item = min((uint) get_global_id(0), count - 1);
        const uint behind = item % inner, j = item / inner % toLength;
        const uint line = item / inner / toLength, out = item * toStep;
        T re = 0, im = 0;
        if (j < length) {
          const uint from = ((line * length + j) * inner + behind) * step;
          const T a = real[from + realFrom];
          const T b = isReal ? 0 : imaginary[from + imaginaryFrom];
          re = a * factorReal[j] - b * factorImaginary[j];
          im = a * factorImaginary[j] + b * factorReal[j];
        }
        toReal[out + realTo] = scale * re;
        toImaginary[out + imaginaryTo] = scale * im;
      }
      """;

  private final ComputeDevice device;
  private final Tables tables;
  private final Commands commands;
  private final DataType type;

  LineTransform(ComputeDevice device, Tables tables, Commands commands, DataType type) {
    this.device = device;
    this.tables = tables;
    this.commands = commands;
    this.type = type;
  }

  /**
   * How lines stand.
   *
   * @param outer blocks of lines
   * @param length of each line
   * @param inner lines of a block, side by side
   */
  record Lines(int outer, int length, int inner) {
    int size() {
      return Math.multiplyExact(Math.multiplyExact(outer, length), inner);
    }

    Lines of(int other) {
      return new Lines(outer, other, inner);
    }
  }

  /** All that the source of a pass depends on. */
  private record Pass(int radix, DataType type) {}

  /** All that the source of a product depends on. */
  private record Product(DataType type) {}

  /** Adds the commands that transform numbers to others, which are not the same. */
  void add(Lines lines, Numbers from, Numbers to, double scale) {
    if (Radices.areThere(lines.length())) {
      addPasses(lines, from, to, scale);
    } else {
      addChirps(lines, from, to, scale);
    }
  }

  private void addPasses(Lines lines, Numbers from, Numbers to, double scale) {
    List<Integer> radices = Radices.of(lines.length());
    int last = radices.size() - 1;
    Numbers odd = last > 0 ? commands.numbers(lines.size(), type) : to;
    Numbers even = last > 1 ? resting(lines, to) : to;
    Numbers at = from;
    int span = 1;
    for (int pass = 0; pass <= last; pass++) {
      Numbers next = pass == last ? to : (last - pass) % 2 == 1 ? odd : even;
      addPass(lines, radices.get(pass), span, at, next, pass == last ? scale : 1);
      span *= radices.get(pass);
      at = next;
    }
  }

  /** Where numbers rest between passes: where they go in the end, if that is theirs alone. */
  private Numbers resting(Lines lines, Numbers to) {
    return to.step() == 1 ? to : commands.numbers(lines.size(), type);
  }

  private void addPass(Lines lines, int radix, int span, Numbers from, Numbers to, double scale) {
    Tables.Roots roots = tables.roots(device, lines.length(), type);
    int items = lines.size() / PassSource.made(radix);
    List<Object> arguments =
        new ArrayList<>(List.of(items, lines.inner(), lines.length(), span, radix));
    addOperands(arguments, from, to, scale, roots.cosines(), roots.sines());
    commands.add(
        new Pass(radix, type), () -> PassSource.of(radix, type), "pass", items, arguments, to);
  }

  private void addChirps(Lines lines, Numbers from, Numbers to, double scale) {
    Chirp table = tables.chirp(device, lines.length(), type);
    Lines padded = lines.of(table.padded());
    Numbers spread = commands.numbers(padded.size(), type);
    Numbers spectrum = commands.numbers(padded.size(), type);
    addProducts(lines, padded, from, spread, table.chirp(), 1);
    addPasses(padded, spread, spectrum, 1);
    addProducts(padded, padded, spectrum, spread, table.filter(), 1);
    addPasses(padded, spread.swapped(), spectrum.swapped(), 1);
    addProducts(padded, lines, spectrum, to, table.chirp(), scale);
  }

  private void addProducts(
      Lines lines, Lines toLines, Numbers from, Numbers to, Pair factors, double scale) {
    int items = toLines.size();
    List<Object> arguments =
        new ArrayList<>(List.of(items, lines.inner(), lines.length(), toLines.length()));
    addOperands(arguments, from, to, scale, factors.real(), factors.imaginary());
    commands.add(
        new Product(type),
        () -> Source.elements(type) + PRODUCTS,
        "products",
        items,
        arguments,
        to);
  }

  private void addOperands(
      List<Object> arguments, Numbers from, Numbers to, double scale, Tensor a, Tensor b) {
    arguments.add(from.isReal() ? 1 : 0);
    arguments.addAll(from.places());
    arguments.addAll(to.places());
    arguments.add(Fourier.number(scale, type));
    arguments.addAll(
        List.of(
            from.real(),
            from.imaginary(),
            device.storage(a),
            device.storage(b),
            to.real(),
            to.imaginary()));
  }
}
