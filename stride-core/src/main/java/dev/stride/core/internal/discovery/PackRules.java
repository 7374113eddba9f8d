package dev.stride.core.internal.discovery;

import dev.stride.api.Device;
import dev.stride.api.spi.DoubleSpace;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.TensorSpace;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.Discovery.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What packs must not do to each other. */
final class PackRules {

  private static final String RESERVED = "stride.";
  private static final String OWN = "dev.stride.";

  private final List<LoadedPack> packs;
  private final Problems problems;

  private PackRules(List<LoadedPack> packs, Problems problems) {
    this.packs = packs;
    this.problems = problems;
  }

  static void check(List<LoadedPack> packs, Problems problems) {
    PackRules rules = new PackRules(packs, problems);
    rules.checkReserved();
    rules.checkIds();
    rules.checkInterfaces();
    rules.checkImplementations();
    rules.checkSpaces();
  }

  private void checkReserved() {
    for (LoadedPack pack : packs) {
      OperatorPack instance = pack.instance();
      if (instance != null && pack.id().startsWith(RESERVED) && !isOwn(instance.getClass())) {
        problems.add(
            "ReservedPackId",
            ("Pack id \"%s\" of %s starts with \"stride.\", which is reserved for Stride's own"
                    + " packs. Use a prefix of your own.")
                .formatted(pack.id(), pack.origin()));
      }
    }
  }

  static boolean isOwn(Class<?> type) {
    Module module = type.getModule();
    String name = module.isNamed() ? module.getName() : type.getPackageName();
    return name.startsWith(OWN);
  }

  /** Broken packs do not count: they are reported, and some could not even say their id. */
  private void checkIds() {
    List<LoadedPack> sound = packs.stream().filter(pack -> pack.instance() != null).toList();
    for (var group : groups(sound, LoadedPack::id).entrySet()) {
      if (group.getValue().size() > 1) {
        problems.add(
            "DuplicatePack",
            ("%d packs have the id \"%s\": %s. Remove all but one of them, or give each an id of"
                    + " its own.")
                .formatted(
                    group.getValue().size(),
                    group.getKey(),
                    joined(group.getValue(), LoadedPack::origin)));
      }
    }
  }

  private void checkInterfaces() {
    for (List<Implemented> group : groups(operators(), Implemented::name).values()) {
      Implemented first = group.getFirst();
      group.stream()
          .filter(other -> !other.entry.signature().sameInterface(first.entry.signature()))
          .findFirst()
          .ifPresent(other -> addMismatch(first, other));
    }
  }

  private void addMismatch(Implemented first, Implemented other) {
    problems.add(
        "SignatureMismatch",
        ("Implementations of \"%s\" have different ports:\n  %s: %s\n  %s: %s\n"
                + "All implementations of a name must have the same. Rename one of the operators.")
            .formatted(
                first.name(),
                first.origin(),
                first.entry.signature(),
                other.origin(),
                other.entry.signature()));
  }

  private void checkImplementations() {
    record Key(String name, Device device, int priority) {}
    var groups = groups(operators(), i -> new Key(i.name(), i.entry.device(), i.entry.priority()));
    for (var group : groups.entrySet()) {
      if (group.getValue().size() > 1) {
        problems.add(
            "DuplicateOperator",
            ("\"%s\" for device %s has %d implementations of priority %d: %s. Remove all but one of"
                    + " them, or give one a higher priority.")
                .formatted(
                    group.getKey().name,
                    group.getKey().device,
                    group.getValue().size(),
                    group.getKey().priority,
                    joined(group.getValue(), Implemented::origin)));
      }
    }
  }

  private void checkSpaces() {
    record Key(Class<?> type, Device device) {}
    var groups = groups(spaces(), s -> new Key(s.space.type(), s.space.device()));
    for (var group : groups.entrySet()) {
      if (group.getValue().size() > 1) {
        problems.add(
            "DuplicateVectorSpace",
            "%s on device %s has %d vector spaces: %s. Remove all but one of them."
                .formatted(
                    group.getKey().type.getName(),
                    group.getKey().device,
                    group.getValue().size(),
                    joined(group.getValue(), Space::origin)));
      }
    }
  }

  private List<Implemented> operators() {
    List<Implemented> all = new ArrayList<>();
    packs.forEach(pack -> pack.operators().forEach(entry -> all.add(new Implemented(entry, pack))));
    return all;
  }

  private List<Space> spaces() {
    List<Space> all = new ArrayList<>();
    all.add(new Space(TensorSpace.HEAP, "Stride itself"));
    all.add(new Space(DoubleSpace.INSTANCE, "Stride itself"));
    packs.forEach(pack ->
        pack.spaces()
            .forEach(space ->
                all.add(new Space(space, "pack " + pack.id() + " (" + pack.origin() + ")"))));
    return all;
  }

  private static <K, T> Map<K, List<T>> groups(Collection<T> all, Function<T, K> key) {
    return all.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private static <T> String joined(List<T> all, Function<T, String> text) {
    return all.stream().map(text).collect(Collectors.joining(" and "));
  }

  private record Implemented(Entry entry, LoadedPack pack) {
    String name() {
      return entry.name();
    }

    String origin() {
      return entry.operator().unwrap().getClass().getName()
          + " from pack "
          + pack.id()
          + " ("
          + pack.report().location()
          + ")";
    }
  }

  private record Space(VectorSpace<?> space, String source) {
    String origin() {
      return space.getClass().getName() + " from " + source;
    }
  }
}
