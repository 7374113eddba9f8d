package dev.stride.ops.gpu.internal.fourier;

import dev.stride.api.DataType;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.fourier.LineTransform.Lines;
import dev.stride.ops.gpu.internal.kernel.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Half spectra of lines of real numbers, and the lines of half spectra. Lines of even length are
 * complex ones of half the length, whose real and imaginary parts are neighbours.
 */
final class RealLines {

  private static final String PARAMETERS =
      """
      (const uint count, const uint length, const T ends, const T middle,
          __global const T *real, __global const T *imaginary,
          __global const T *cosine, __global const T *sine,
          __global T *toReal, __global T *toImaginary) {
        const uint item = min((uint) get_global_id(0), count - 1);
        const uint bins = length / 2 + 1, folded = length / 2;
      """;

  private static final String KERNELS =
      "__kernel void halves"
          + PARAMETERS
          + """
            const uint k = item % bins, line = item / bins * folded;
            const uint a = line + (k == folded ? 0 : k), b = line + (k == 0 ? 0 : folded - k);
            const T even = (real[a] + real[b]) / 2, evenIm = (imaginary[a] - imaginary[b]) / 2;
            const T odd = (imaginary[a] + imaginary[b]) / 2, oddIm = (real[b] - real[a]) / 2;
            const T factor = k == 0 || k == folded ? ends : middle;
            toReal[item] = factor * (even + (odd * cosine[k] + oddIm * sine[k]));
            toImaginary[item] = factor * (evenIm + (oddIm * cosine[k] - odd * sine[k]));
          }
          """
          + "__kernel void wholes"
          + PARAMETERS
          + """
            const uint k = item % folded, line = item / folded * bins;
            const uint a = line + k, b = line + folded - k;
            const T factor = k == 0 ? ends : middle;
            const T re = factor * real[a], im = k == 0 ? 0 : factor * imaginary[a];
            const T re2 = factor * real[b], im2 = k == 0 ? 0 : factor * imaginary[b];
            const T odd = re - re2, oddIm = im + im2;
            toReal[item] = (re + re2) - (odd * sine[k] + oddIm * cosine[k]);
            toImaginary[item] = (im - im2) + (odd * cosine[k] - oddIm * sine[k]);
          }
          """
          + "__kernel void cut"
          + PARAMETERS
          + """
            const uint k = item % bins, at = item / bins * length + k;
            const T factor = k == 0 ? ends : middle;
            toReal[item] = factor * real[at];
            toImaginary[item] = factor * imaginary[at];
          }
          """
          + "__kernel void mirrored"
          + PARAMETERS
          + """
            const uint k = item % length, line = item / length * bins;
            const uint at = line + (k < bins ? k : length - k);
            const T factor = k == 0 ? ends : middle;
            toReal[item] = factor * real[at];
            toImaginary[item] = k == 0 ? 0 : (k < bins ? factor : -factor) * imaginary[at];
          }
          """;

  private final ComputeDevice device;
  private final Tables tables;
  private final Commands commands;
  private final DataType type;
  private final int count;
  private final int length;

  RealLines(
      ComputeDevice device,
      Tables tables,
      Commands commands,
      DataType type,
      int count,
      int length) {
    this.device = device;
    this.tables = tables;
    this.commands = commands;
    this.type = type;
    this.count = count;
    this.length = length;
  }

  private LineTransform transform() {
    return new LineTransform(device, tables, commands, type);
  }

  private Lines lines(int of) {
    return new Lines(count, of, 1);
  }

  private boolean isEven() {
    return length % 2 == 0;
  }

  /** Adds the commands that make half spectra of lines. */
  void addHalves(Tensor x, Numbers to, double ends, double middle) {
    Lines lines = lines(isEven() ? length / 2 : length);
    Numbers spectrum = commands.numbers(lines.size(), type);
    Numbers from = isEven() ? Numbers.neighbours(x, device) : Numbers.real(x, device);
    transform().add(lines, from, spectrum, 1);
    add(isEven() ? "halves" : "cut", lines(length / 2 + 1).size(), spectrum, to, ends, middle);
  }

  /** Adds the commands that make lines of half spectra. */
  void addWholes(Numbers half, Tensor y, double ends, double middle) {
    Lines lines = lines(isEven() ? length / 2 : length);
    Numbers spectrum = commands.numbers(lines.size(), type);
    add(isEven() ? "wholes" : "mirrored", lines.size(), half, spectrum, ends, middle);
    DeviceStorage storage = device.storage(y);
    Numbers to =
        isEven()
            ? Numbers.neighbours(y, device)
            : Numbers.apart(storage, commands.numbers(lines.size(), type).imaginary());
    transform().add(lines, spectrum.swapped(), to.swapped(), 1);
  }

  private void add(String kernel, int items, Numbers from, Numbers to, double ends, double middle) {
    Tables.Roots roots = tables.roots(device, length, type);
    List<Object> arguments =
        new ArrayList<>(
            List.of(items, length, Fourier.number(ends, type), Fourier.number(middle, type)));
    arguments.addAll(
        List.of(
            from.real(),
            from.imaginary(),
            device.storage(roots.cosines()),
            device.storage(roots.sines()),
            to.real(),
            to.imaginary()));
    commands.add(
        new Form(type), () -> Source.elements(type) + KERNELS, kernel, items, arguments, to);
  }

  /** All that the source depends on. */
  private record Form(DataType type) {}
}
