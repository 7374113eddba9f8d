package dev.stride.ops.gpu.internal.signal;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import dev.stride.ops.gpu.internal.kernel.Source;
import java.util.List;

/**
 * Second-order sections in a row over traces on a device that are at rest before their first
 * sample; one work item goes along each trace. Computes in float64 where the device has it.
 */
final class Recursions {

  /** Sections that a filter has at most. */
  static final int MOST = 20;

  private static final String KERNEL =
      """
      #define MOST %d
      __kernel void filtered(
          const uint traces, const uint length, const uint sections, const uint backwards,
          __global const A *coefficients, __global const IN *x, __global OUT *out) {
        const uint trace = get_global_id(0);
        if (trace >= traces) { return; }
        A first[MOST], second[MOST];
        for (uint s = 0; s < sections; s++) {
          first[s] = 0;
          second[s] = 0;
        }
        for (uint i = 0; i < length; i++) {
          const uint at = trace * length + (backwards ? length - 1 - i : i);
          A value = x[at];
          for (uint s = 0; s < sections; s++) {
            __global const A *c = coefficients + 5 * s;
            const A y = c[0] * value + first[s];
            first[s] = c[1] * value - c[3] * y + second[s];
            second[s] = c[2] * value - c[4] * y;
            value = y;
          }
          out[at] = (OUT) value;
        }
      }
      """
          .formatted(MOST);

  private final ComputeDevice device;
  private final String operator;
  private final DataType wide;

  Recursions(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
    this.wide = device.description().doubles() ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  /** The type that is computed in. */
  DataType wide() {
    return wide;
  }

  /**
   * Starts to filter traces.
   *
   * @param type of the result
   * @param backwards whether from the last sample to the first
   */
  Tensor filtered(List<Section> sections, Tensor x, DataType type, boolean backwards) {
    Shape shape = x.shape();
    Tensor out = device.allocate(shape, type, operator + " " + shape);
    if (shape.size() == 0) {
      return out;
    }
    int length = shape.extent(-1);
    int traces = shape.size() / length;
    DeviceStorage coefficients = device.storage(device.upload(coefficients(sections)));
    DeviceStorage target = device.storage(out);
    List<Object> arguments =
        List.of(
            traces,
            length,
            sections.size(),
            backwards ? 1 : 0,
            coefficients,
            device.storage(x),
            target);
    try {
      device.launch(
          new Launch(
              device.kernel(
                  new Form(wide, x.dataType(), type), () -> source(x.dataType(), type), "filtered"),
              operator,
              traces,
              arguments,
              List.of(target)));
    } finally {
      coefficients.release();
    }
    return out;
  }

  /** All that the source depends on. */
  private record Form(DataType wide, DataType in, DataType out) {}

  private Tensor coefficients(List<Section> sections) {
    double[] numbers = new double[5 * sections.size()];
    for (int s = 0; s < sections.size(); s++) {
      Section section = sections.get(s);
      numbers[5 * s] = section.b0();
      numbers[5 * s + 1] = section.b1();
      numbers[5 * s + 2] = section.b2();
      numbers[5 * s + 3] = section.a1();
      numbers[5 * s + 4] = section.a2();
    }
    return Tensor.adopt(Shape.of(numbers.length), numbers).cast(wide);
  }

  private String source(DataType in, DataType out) {
    return Source.types(wide)
        + """
        typedef %s A;
        typedef %s IN;
        typedef %s OUT;
        """
            .formatted(Source.name(wide), Source.name(in), Source.name(out))
        + KERNEL;
  }
}
