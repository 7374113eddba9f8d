package dev.stride.testkit.internal.check;

import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage;
import dev.stride.api.spi.HeapStorage.Doubles;
import dev.stride.api.spi.HeapStorage.Floats;
import dev.stride.api.spi.TensorStorage;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached from some objects: the arrays of numbers, and those hidden in tensors.
 * Classes that reflection may not look into are noted, not failed at. State of one walk.
 */
final class Reach {

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<String> closed = new java.util.TreeSet<>();
  private final Deque<Object> left = new ArrayDeque<>();
  private final boolean intoTensors;

  private Reach(boolean intoTensors) {
    this.intoTensors = intoTensors;
  }

  /** All arrays of numbers and off-heap memory, those of tensors too. */
  static Reach everything(Iterable<?> roots) {
    return new Reach(true).from(roots);
  }

  /** Arrays that anybody who reaches them could write to: those in tensors are left out. */
  static Reach mutable(Iterable<?> roots) {
    return new Reach(false).from(roots);
  }

  /** The array that a tensor on the heap consists of; null for others. */
  static @Nullable Object array(Object value) {
    if (!(value instanceof Tensor tensor)) {
      return null;
    }
    return switch (tensor.storage()) {
      case Floats(float[] array) -> array;
      case Doubles(double[] array) -> array;
      default -> null;
    };
  }

  private Reach from(Iterable<?> roots) {
    for (Object root : roots) {
      add(root);
    }
    while (!left.isEmpty()) {
      visit(left.pop());
    }
    return this;
  }

  /** Arrays of numbers, byte buffers, memory segments and elements on devices, each once. */
  Set<Object> arrays() {
    return arrays;
  }

  /** Names of classes that could not be looked into. */
  Set<String> closed() {
    return closed;
  }

  /** Bytes of the arrays that are not among the others. */
  long bytesWithout(Set<Object> others) {
    return arrays.stream().filter(array -> !others.contains(array)).mapToLong(Reach::bytes).sum();
  }

  private static long bytes(Object array) {
    return switch (array) {
      case MemorySegment segment -> segment.byteSize();
      case Buffer buffer -> buffer.capacity();
      case TensorStorage storage -> (long) storage.size() * storage.dataType().bytes();
      default -> (long) Array.getLength(array) * width(array.getClass().getComponentType());
    };
  }

  private static int width(Class<?> type) {
    return switch (type.getName()) {
      case "double", "long" -> 8;
      case "float", "int" -> 4;
      case "short", "char" -> 2;
      default -> 1;
    };
  }

  private void add(@Nullable Object object) {
    if (object != null && seen.add(object)) {
      left.push(object);
    }
  }

  private void visit(Object object) {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      array(object, type);
      return;
    }
    switch (object) {
      case Tensor tensor -> tensor(tensor);
      case TensorStorage storage when isOnDevice(storage) -> elements(storage);
      case MemorySegment segment -> arrays.add(segment);
      case Buffer buffer -> arrays.add(buffer);
      case Collection<?> collection -> new ArrayList<>(collection).forEach(this::add);
      case Map<?, ?> map ->
          map.forEach((key, value) -> {
            add(key);
            add(value);
          });
      case Optional<?> optional -> optional.ifPresent(this::add);
      case AtomicReference<?> reference -> add(reference.get());
      case Signature _ -> {} // Immutable, and closed to reflection on the module path.
      case Reference<?> _, Class<?> _, Thread _, ClassLoader _, Enum<?> _ -> {}
      default -> fields(object, type);
    }
  }

  private void array(Object array, Class<?> type) {
    if (type.getComponentType().isPrimitive()) {
      arrays.add(array);
    } else {
      for (Object element : (Object[]) array) {
        add(element);
      }
    }
  }

  private void tensor(Tensor tensor) {
    if (intoTensors) {
      Object array = array(tensor);
      add(array == null ? tensor.storage() : array);
      add(tensor.unrepeated());
    }
  }

  private static boolean isOnDevice(TensorStorage storage) {
    return !(storage instanceof HeapStorage);
  }

  /** What a device holds, as it is: nobody writes to it through what its storage refers to. */
  private void elements(TensorStorage storage) {
    if (intoTensors) {
      arrays.add(storage);
    }
  }

  private void fields(Object object, Class<?> type) {
    if (isOfJdk(type.getModule())) {
      return;
    }
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          add(value(object, field));
        }
      }
    }
  }

  private static boolean isOfJdk(Module module) {
    String name = module.getName();
    return name != null && (name.startsWith("java.") || name.startsWith("jdk."));
  }

  private @Nullable Object value(Object object, Field field) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      closed.add(field.getDeclaringClass().getName());
      return null;
    }
  }

  /** The given objects as roots of a walk. */
  static List<Object> roots(@Nullable Object... objects) {
    List<Object> roots = new ArrayList<>();
    for (Object object : objects) {
      if (object != null) {
        roots.add(object);
      }
    }
    return roots;
  }
}
