package dev.stride.ops.gpu.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.device.Launch;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of products of two lines at lags, {@code y[i] = sum_k a[k] b[shift + i s + k t]} with signs
 * {@code s} and {@code t}, where b is zero outside: a convolution and both of its transposes.
 *
 * <p>One work item sums one element in order, with rounding errors kept, in float64 where the
 * device has it.
 */
public final class LaggedProducts {

  private static final String KERNEL =
      """
      __kernel void lagged(
          const uint count, const int lags, const int terms, const int length,
          const int betweenA, const int shift, const int signLag, const int signTerm,
          const int backwards, const int reversed,
          __global const T *a, __global const T *b, __global T *out) {
        const uint item = get_global_id(0);
        if (item >= count) { return; }
        const int line = item / lags, given = item % lags;
        const int lag = reversed ? lags - 1 - given : given;
        const int start = shift + signLag * lag;
        const int low = signTerm > 0 ? -start : start - length + 1;
        const int high = signTerm > 0 ? length - start : start + 1;
        A sum = 0, lost = 0;
        for (int k = max(0, low); k < min(terms, high); k++) {
          const A term = a[line * betweenA + (backwards ? terms - 1 - k : k)];
          add(&sum, &lost, term * b[line * length + start + signTerm * k]);
        }
        out[item] = (T) total(sum, lost);
      }
      """;

  private final ComputeDevice device;
  private final String operator;
  private final boolean doubles;

  /** Computes on a device on behalf of an operator, which messages name. */
  public LaggedProducts(ComputeDevice device, String operator) {
    this.device = device;
    this.operator = operator;
    this.doubles = device.description().doubles();
  }

  /**
   * Which element of {@code b} goes with term {@code k} of lag {@code i}.
   *
   * @param shift of both 0
   * @param signLag 1 or -1
   * @param signTerm 1 or -1
   * @param backwards whether the terms of {@code a} are taken from its end
   * @param reversed whether lags are numbered from the end
   */
  public record Lags(int shift, int signLag, int signTerm, boolean backwards, boolean reversed) {}

  /**
   * Starts to compute the sums.
   *
   * @param shape of the result, whose last axis are the lags
   * @param a {@code [terms]} for all lines, or {@code [..., terms]}
   * @param b {@code [..., length]}
   */
  public Tensor compute(Shape shape, Tensor a, Tensor b, Lags lags) {
    Tensor out = device.allocate(shape, b.dataType(), operator + " " + shape);
    if (out.size() == 0) {
      return out;
    }
    int terms = a.shape().extent(-1);
    DeviceStorage target = device.storage(out);
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of(out.size(), shape.extent(-1), terms, b.shape().extent(-1)));
    arguments.addAll(List.of(a.shape().rank() == 1 ? 0 : terms, lags.shift()));
    arguments.addAll(List.of(lags.signLag(), lags.signTerm()));
    arguments.addAll(List.of(lags.backwards() ? 1 : 0, lags.reversed() ? 1 : 0));
    arguments.addAll(List.of(device.storage(a), device.storage(b), target));
    device.launch(
        new Launch(
            device.kernel(new Form(b.dataType()), () -> source(b.dataType()), "lagged"),
            operator,
            out.size(),
            arguments,
            List.of(target)));
    return out;
  }

  /** All that the source depends on. */
  private record Form(DataType type) {}

  private String source(DataType type) {
    return Source.folds(type, doubles, Fold.SUM) + KERNEL;
  }
}
