package dev.stride.testkit.internal.call;

import dev.stride.api.DataType;
import dev.stride.api.Port;
import dev.stride.api.Tensor;

/** Converts a number given for a port of another type, as calls do. */
final class Numbers {

  private Numbers() {}

  static Object convert(Object value, Port port, DataType type) {
    Class<?> wanted = port.type();
    if (!(value instanceof Number number) || wanted.isInstance(value)) {
      return value;
    }
    if (wanted == Tensor.class) {
      return Tensor.scalar(number.doubleValue(), type);
    }
    return Number.class.isAssignableFrom(wanted) ? converted(number, wanted, port) : value;
  }

  private static Object converted(Number number, Class<?> wanted, Port port) {
    if (wanted == Double.class) {
      return number.doubleValue();
    } else if (wanted == Float.class) {
      return number.floatValue();
    } else if (wanted == Long.class && number.doubleValue() == number.longValue()) {
      return number.longValue();
    } else if (wanted == Integer.class && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(
        "`" + port.name() + "` is " + number + "; expected " + article(wanted));
  }

  private static String article(Class<?> type) {
    return (type == Integer.class ? "an " : "a ") + type.getSimpleName();
  }
}
