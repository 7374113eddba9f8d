package dev.stride.ops.gpu.internal.sparse;

import dev.stride.api.OperatorCall;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of the tensors that were used last, so that a matrix is checked once and not at each
 * product. Tensors never change, and a pattern goes when nobody holds them any more. Thread-safe.
 */
final class Patterns {

  private static final int MOST = 8;

  private final ComputeDevice device;
  private final Deque<Known> known = new ArrayDeque<>();

  /** None yet, of tensors on a device. */
  Patterns(ComputeDevice device) {
    this.device = device;
  }

  private record Known(
      WeakReference<Tensor> starts, WeakReference<Tensor> columns, int width, Pattern pattern) {

    boolean isOf(Tensor someStarts, Tensor someColumns, int someWidth) {
      return starts.refersTo(someStarts) && columns.refersTo(someColumns) && width == someWidth;
    }

    boolean isGone() {
      return starts.refersTo(null) || columns.refersTo(null);
    }
  }

  /** The pattern of a call, checked; see {@link Pattern#of}. */
  Pattern of(OperatorCall call, int width) {
    Tensor starts = call.tensor("starts");
    Tensor columns = call.tensor("columns");
    Pattern found = find(starts, columns, width);
    if (found == null) {
      found = Pattern.of(call, width, device);
      add(new Known(new WeakReference<>(starts), new WeakReference<>(columns), width, found));
    }
    return found;
  }

  private synchronized @Nullable Pattern find(Tensor starts, Tensor columns, int width) {
    for (Iterator<Known> each = known.iterator(); each.hasNext(); ) {
      Known one = each.next();
      if (one.isGone()) {
        each.remove();
      } else if (one.isOf(starts, columns, width)) {
        return one.pattern();
      }
    }
    return null;
  }

  private synchronized void add(Known one) {
    known.addFirst(one);
    if (known.size() > MOST) {
      known.removeLast();
    }
  }
}
