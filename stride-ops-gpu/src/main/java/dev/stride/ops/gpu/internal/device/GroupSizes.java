package dev.stride.ops.gpu.internal.device;

import dev.stride.ops.gpu.internal.opencl.DeviceDescription.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of the groups of work items that are the fastest for a kernel on a device, found by a short
 * measured search and kept beside the programs, under device, driver, source and range. Kept sizes
 * that are damaged are searched for again. Thread-safe; of those who ask for the same one searches.
 */
public final class GroupSizes {

  private static final List<List<Long>> SHAPES =
      List.of(
          List.of(16L, 4L),
          List.of(32L, 4L),
          List.of(32L, 8L),
          List.of(64L, 2L),
          List.of(64L, 4L),
          List.of(128L, 1L),
          List.of(128L, 2L),
          List.of(256L, 1L));

  /** Others than the usual groups must be faster by more than what measurements differ by. */
  private static final double CLEARLY = 0.95;

  private final ProgramCache cache;
  private final boolean searches;
  private final Map<String, Range> found = new ConcurrentHashMap<>();

  private GroupSizes(ProgramCache cache, boolean searches) {
    this.cache = cache;
    this.searches = searches;
  }

  /** Groups as they are, without a search. */
  public static GroupSizes usual() {
    return new GroupSizes(ProgramCache.off(), false);
  }

  /** Groups that are searched for, and kept in a cache. */
  public static GroupSizes searched(ProgramCache cache) {
    return new GroupSizes(cache, true);
  }

  /**
   * The groups for a configured text, {@code on} or {@code off}. By default on where there is a
   * cache to keep what was found, but not on processors, whose drivers compile a kernel anew for
   * each size.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static GroupSizes of(@Nullable String configured, ProgramCache cache, Kind kind) {
    String usual = cache.keeps() && kind != Kind.CPU ? "on" : "off";
    return switch (configured == null ? usual : configured.strip()) {
      case "on" -> searched(cache);
      case "off" -> usual();
      default ->
          throw new IllegalArgumentException(
              "stride.gpu.search is '" + configured + "'; expected on or off");
    };
  }

  /**
   * The range in the groups that are the fastest; as it is where nothing is searched for.
   *
   * @param key of device, driver, source and kernel
   * @param usual the range in groups that serve most devices
   * @param largest items that a group can have
   * @param seconds measures a range
   */
  Range fastest(String key, Range usual, long largest, ToDoubleFunction<Range> seconds) {
    List<Range> candidates = searches ? candidates(usual, largest) : List.of(usual);
    return candidates.size() == 1
        ? usual
        : found.computeIfAbsent(key, _ -> keptOrMeasured(key, candidates, seconds));
  }

  private Range keptOrMeasured(
      String key, List<Range> candidates, ToDoubleFunction<Range> seconds) {
    Optional<Range> kept = cache.find(key).flatMap(text -> parsed(text, candidates));
    return kept.orElseGet(() -> {
      Range best = measured(candidates, seconds);
      cache.keep(key, bytes(best));
      return best;
    });
  }

  /** The usual groups, and others that the range consists of. */
  private static List<Range> candidates(Range usual, long largest) {
    List<Range> candidates = new ArrayList<>(List.of(usual));
    for (List<Long> shape : SHAPES) {
      List<Long> group = new ArrayList<>(shape);
      while (group.size() < usual.items().size()) {
        group.add(1L);
      }
      if (group.size() == usual.items().size()) {
        Range range = new Range(usual.items(), group);
        if (range.isWhole() && range.groupSize() <= largest && !candidates.contains(range)) {
          candidates.add(range);
        }
      }
    }
    return candidates;
  }

  private static Range measured(List<Range> candidates, ToDoubleFunction<Range> seconds) {
    Range best = candidates.getFirst();
    double least = CLEARLY * seconds.applyAsDouble(best);
    for (Range candidate : candidates.subList(1, candidates.size())) {
      double took = seconds.applyAsDouble(candidate);
      if (took < least) {
        least = took;
        best = candidate;
      }
    }
    return best;
  }

  private static byte[] bytes(Range range) {
    return range.group().toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What is not one of the candidates is as good as nothing. */
  private static Optional<Range> parsed(byte[] text, List<Range> candidates) {
    return candidates.stream().filter(one -> Arrays.equals(bytes(one), text)).findFirst();
  }
}
