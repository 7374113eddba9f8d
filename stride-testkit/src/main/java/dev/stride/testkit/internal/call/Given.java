package dev.stride.testkit.internal.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** An argument as it was given: one value, or a container of arguments. Immutable. */
sealed interface Given {

  /** The value, with containers rebuilt as lists and maps. */
  Object value();

  /** The same structure with other values; the function gets each value's path and the value. */
  Given map(String path, BiFunction<String, Object, Object> function);

  /** Shows every argument, containers before what they hold, with its path. */
  void visit(String path, BiConsumer<String, Given> visitor);

  /** One value. */
  record Leaf(Object value) implements Given {
    @Override
    public Given map(String path, BiFunction<String, Object, Object> function) {
      return new Leaf(function.apply(path, value));
    }

    @Override
    public void visit(String path, BiConsumer<String, Given> visitor) {
      visitor.accept(path, this);
    }
  }

  /** A list, addressed by {@code path[i]}. */
  record Items(List<Given> items) implements Given {
    @Override
    public Object value() {
      return items.stream().map(Given::value).toList();
    }

    @Override
    public Given map(String path, BiFunction<String, Object, Object> function) {
      List<Given> mapped = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        mapped.add(items.get(i).map(path + "[" + i + "]", function));
      }
      return new Items(List.copyOf(mapped));
    }

    @Override
    public void visit(String path, BiConsumer<String, Given> visitor) {
      visitor.accept(path, this);
      for (int i = 0; i < items.size(); i++) {
        items.get(i).visit(path + "[" + i + "]", visitor);
      }
    }
  }

  /** A map or bundle, addressed by {@code path.name}. */
  record Entries(Map<String, Given> entries) implements Given {
    @Override
    public Object value() {
      Map<String, Object> values = new LinkedHashMap<>();
      entries.forEach((name, entry) -> values.put(name, entry.value()));
      return values;
    }

    @Override
    public Given map(String path, BiFunction<String, Object, Object> function) {
      Map<String, Given> mapped = new LinkedHashMap<>();
      entries.forEach((name, entry) -> mapped.put(name, entry.map(path + "." + name, function)));
      return new Entries(mapped);
    }

    @Override
    public void visit(String path, BiConsumer<String, Given> visitor) {
      visitor.accept(path, this);
      entries.forEach((name, entry) -> entry.visit(path + "." + name, visitor));
    }
  }
}
