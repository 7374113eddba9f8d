package dev.stride.core.internal.discovery;

import dev.stride.api.StrideException;
import dev.stride.api.spi.DoubleSpace;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Vector spaces by the class of a value: that of its own class before those of superclasses, these
 * before those of interfaces, and among spaces of one class the first that knows the value.
 */
final class SpaceIndex {

  private final List<VectorSpace<?>> all;
  private final Map<Class<?>, List<VectorSpace<?>>> byClass = new ConcurrentHashMap<>();

  /** The spaces of Stride itself and those of packs. */
  SpaceIndex(List<VectorSpace<?>> registered) {
    List<VectorSpace<?>> spaces = new ArrayList<>();
    spaces.add(TensorSpace.HEAP);
    spaces.add(DoubleSpace.INSTANCE);
    spaces.addAll(registered);
    this.all = List.copyOf(spaces);
  }

  List<VectorSpace<?>> all() {
    return all;
  }

  @SuppressWarnings("unchecked")
  <T> @Nullable VectorSpace<T> find(T value) {
    for (VectorSpace<?> candidate : candidates(value.getClass())) {
      VectorSpace<T> space = (VectorSpace<T>) candidate;
      if (space.knows(value)) {
        return space;
      }
    }
    return null;
  }

  <T> VectorSpace<T> require(T value) {
    VectorSpace<T> space = find(value);
    if (space == null) {
      throw new StrideException("NoVectorSpace", explanation(value));
    }
    return space;
  }

  private String explanation(Object value) {
    Class<?> type = value.getClass();
    boolean known = !candidates(type).isEmpty();
    return "No vector space for "
        + (known ? "this value of " : "values of ")
        + type.getName()
        + (known ? ", so it" : ", so they")
        + " cannot have a gradient. There are spaces of "
        + all.stream()
            .map(space -> space.type().getName() + " on " + space.device())
            .collect(Collectors.joining(", "))
        + ". "
        + remedy(value, known);
  }

  private static String remedy(Object value, boolean known) {
    if (value instanceof Number number) {
      return "Give a double instead: " + number.doubleValue() + ".";
    }
    return known
        ? "Add the pack of the value's device."
        : "Register a VectorSpace<"
            + value.getClass().getSimpleName()
            + "> in a pack: registrar.vectorSpace(space).";
  }

  private List<VectorSpace<?>> candidates(Class<?> type) {
    List<VectorSpace<?>> known = byClass.get(type);
    return known != null ? known : byClass.computeIfAbsent(type, this::search);
  }

  private List<VectorSpace<?>> search(Class<?> type) {
    List<VectorSpace<?>> found = new ArrayList<>();
    for (Class<?> ancestor : lineage(type)) {
      all.stream().filter(space -> space.type() == ancestor).forEach(found::add);
    }
    return List.copyOf(found);
  }

  /** A class, its superclasses, then all interfaces from near to far, then {@code Object}. */
  private static Set<Class<?>> lineage(Class<?> type) {
    Set<Class<?>> lineage = new LinkedHashSet<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      lineage.add(c);
    }
    Deque<Class<?>> open = new ArrayDeque<>(lineage);
    while (!open.isEmpty()) {
      for (Class<?> parent : open.poll().getInterfaces()) {
        lineage.add(parent);
        open.add(parent);
      }
    }
    lineage.add(Object.class);
    return lineage;
  }
}
