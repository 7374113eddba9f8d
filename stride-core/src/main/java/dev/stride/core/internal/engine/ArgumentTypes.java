package dev.stride.core.internal.engine;

import dev.stride.api.DataType;
import dev.stride.api.Port;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.VariableBundle;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.OperatorPlan;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks arguments against the types of their ports, and converts numbers. */
final class ArgumentTypes {

  private ArgumentTypes() {}

  /** A plain value as the port's type; a number for a tensor stays one until tensors are known. */
  static Object convert(OperatorPlan plan, Layout layout, int place, Object value) {
    Class<?> type = wrapped(layout.port(place).type());
    if (value instanceof Variable<?>) {
      throw new IllegalArgumentException(
          plan.name()
              + ": argument `"
              + layout.path(place)
              + "` is a variable that no engine of this kind made: "
              + value.getClass().getName());
    }
    if (value instanceof Number number && !type.isInstance(value)) {
      return type == Tensor.class ? value : number(plan, layout, place, number, type);
    }
    check(plan, layout, place, value);
    return value;
  }

  /** Checks a value; one inside a container may have any type if the port's is a container's. */
  static void check(OperatorPlan plan, Layout layout, int place, Object value) {
    Class<?> type = wrapped(layout.port(place).type());
    if (!type.isInstance(value) && !(isContainer(type) && isInside(layout, place))) {
      throw wrongType(plan, layout, place, value, type);
    }
  }

  /** Turns plain numbers given for tensor ports into scalars, now that the tensors are there. */
  static void numbersToTensors(Layout layout, @Nullable Object[] values) {
    DataType type = null;
    for (int place = 0; place < values.length; place++) {
      if (values[place] instanceof Number number && layout.port(place).type() == Tensor.class) {
        type = type == null ? firstType(values) : type;
        values[place] = Tensor.scalar(number.doubleValue(), type);
      }
    }
  }

  private static DataType firstType(@Nullable Object[] values) {
    for (Object value : values) {
      if (value instanceof Tensor tensor) {
        return tensor.dataType();
      }
    }
    return DataType.FLOAT32;
  }

  private static Object number(
      OperatorPlan plan, Layout layout, int place, Number value, Class<?> type) {
    if (type == Double.class) {
      return value.doubleValue();
    }
    if (type == Float.class) {
      return value.floatValue();
    }
    boolean whole = value.doubleValue() == Math.rint(value.doubleValue());
    if (type == Integer.class && whole && value.intValue() == value.doubleValue()) {
      return value.intValue();
    }
    if (type == Long.class && whole && value.longValue() == value.doubleValue()) {
      return value.longValue();
    }
    throw wrongType(plan, layout, place, value, type);
  }

  private static boolean isContainer(Class<?> type) {
    return List.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type)
        || VariableBundle.class.isAssignableFrom(type);
  }

  private static boolean isInside(Layout layout, int place) {
    return !layout.path(place).equals(layout.port(place).name());
  }

  private static Class<?> wrapped(Class<?> type) {
    return type.isPrimitive() ? MethodType.methodType(type).wrap().returnType() : type;
  }

  private static IllegalArgumentException wrongType(
      OperatorPlan plan, Layout layout, int place, Object value, Class<?> type) {
    Port port = layout.port(place);
    String shown = value instanceof Number ? " " + value : "";
    return new IllegalArgumentException(
        plan.name()
            + ": argument `"
            + layout.path(place)
            + "` is a "
            + value.getClass().getSimpleName()
            + shown
            + "; expected a "
            + type.getSimpleName()
            + " for the input "
            + port
            + ".");
  }
}
