package dev.stride.core.internal.discovery;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.StrideException;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.Discovery;
import dev.stride.core.Discovery.Entry;
import dev.stride.core.internal.engine.Implementation;
import dev.stride.core.internal.engine.Registry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** The result of discovery, to look up. Immutable but for being closed. */
public final class Catalogue implements Registry {

  private static final String STRIDE = "stride.";
  private static final String USER = "user";

  /** A broken pack of the same id comes after the one that works. */
  private static final Comparator<Discovery.Pack> PACKS =
      Comparator.comparing(Discovery.Pack::id).thenComparing(pack -> !pack.isAvailable());

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::name)
          .thenComparing(entry -> !entry.device().equals(Device.CPU))
          .thenComparing(entry -> entry.device().name())
          .thenComparing(Comparator.comparingInt(Entry::priority).reversed());

  private final List<LoadedPack> packs;
  private final Discovery discovery;
  private final Map<String, List<Implementation>> byName = new HashMap<>();
  private final Map<Operator<?>, String> packOf = new IdentityHashMap<>();
  private final SpaceIndex spaces;
  private final List<Device> devices;
  private final AtomicBoolean closed = new AtomicBoolean();

  Catalogue(List<LoadedPack> packs) {
    this.packs = List.copyOf(packs);
    List<Entry> entries =
        packs.stream().flatMap(p -> p.operators().stream()).sorted(ORDER).toList();
    List<VectorSpace<?>> registered =
        packs.stream().<VectorSpace<?>>flatMap(pack -> pack.spaces().stream()).toList();
    this.discovery =
        new Discovery(
            packs.stream().map(LoadedPack::report).sorted(PACKS).toList(), entries, registered);
    this.spaces = new SpaceIndex(registered);
    this.devices = devicesOf(packs);
    entries.forEach(this::index);
    addShortNames();
  }

  private void index(Entry entry) {
    packOf.put(entry.operator().unwrap(), entry.pack());
    List<Implementation> known = byName.computeIfAbsent(entry.name(), _ -> new ArrayList<>());
    if (known.stream().noneMatch(other -> other.device().equals(entry.device()))) {
      known.add(
          new Implementation(entry.operator(), entry.pack(), entry.device(), entry.priority()));
    }
  }

  /** A short name stands for the one with the prefix, even where it is the full name of another. */
  private void addShortNames() {
    byName.replaceAll((_, implementations) -> List.copyOf(implementations));
    for (var entry : Map.copyOf(byName).entrySet()) {
      if (entry.getKey().startsWith(STRIDE)) {
        byName.put(entry.getKey().substring(STRIDE.length()), entry.getValue());
      }
    }
  }

  private static List<Device> devicesOf(List<LoadedPack> packs) {
    Set<Device> devices = new LinkedHashSet<>();
    devices.add(Device.CPU);
    packs.forEach(pack -> devices.addAll(pack.devices()));
    return List.copyOf(devices);
  }

  /** The result of discovery, for users. */
  public Discovery discovery() {
    return discovery;
  }

  @Override
  public List<Implementation> implementations(String name) {
    List<Implementation> found = byName.get(name);
    if (found == null) {
      throw new StrideException("NoOperator", noOperator(name));
    }
    return found;
  }

  private String noOperator(String name) {
    List<String> names = discovery.operators().stream().map(Entry::name).toList();
    return "No operator \"%s\". %s%s See docs/errors/no-operator.md"
        .formatted(name, found(), Suggestions.sentence(name, names));
  }

  private String found() {
    return discovery.packs().isEmpty()
        ? "No pack was found: add stride-ops-std to the class path or module path."
        : discovery.packs().stream()
            .map(this::summary)
            .collect(Collectors.joining(", ", "Found: ", "."));
  }

  private String summary(Discovery.Pack pack) {
    long operators =
        discovery.operators().stream().filter(entry -> entry.pack().equals(pack.id())).count();
    return pack.isAvailable()
        ? pack.id() + " (" + operators + (operators == 1 ? " operator)" : " operators)")
        : pack.id() + " " + pack.status();
  }

  @Override
  public <T> VectorSpace<T> space(T value) {
    return spaces.require(value);
  }

  @Override
  public <T> Optional<VectorSpace<T>> findSpace(T value) {
    return Optional.ofNullable(spaces.find(value));
  }

  @Override
  public List<VectorSpace<?>> spaces() {
    return spaces.all();
  }

  @Override
  public String packOf(Operator<?> operator) {
    return packOf.getOrDefault(operator.unwrap(), USER);
  }

  @Override
  public List<Device> devices() {
    return devices;
  }

  /** Closes every pack once, the last loaded first. A failure is logged. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      packs.reversed().forEach(LoadedPack::close);
    }
  }
}
