package dev.stride.ops.gpu.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stride.ops.gpu.internal.opencl.DeviceDescription.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupSizesTest {

  private static final String KEY = "key-of-device-driver-source-and-kernel";
  private static final Range USUAL = new Range(List.of(512L, 456L), List.of(64L, 4L));

  @TempDir private Path folder;

  private final List<Range> measured = new ArrayList<>();

  private GroupSizes searched() {
    return GroupSizes.searched(ProgramCache.in(folder));
  }

  /** Groups of 32 x 8 are the fastest. */
  private double seconds(Range range) {
    measured.add(range);
    return range.group().equals(List.of(32L, 8L)) ? 1 : 2;
  }

  @Test
  void fastest_groups_of_those_that_fit_are_chosen() {
    Range fastest = searched().fastest(KEY, USUAL, 256, this::seconds);

    assertThat(fastest).isEqualTo(new Range(USUAL.items(), List.of(32L, 8L)));
    assertThat(measured)
        .hasSizeGreaterThan(3)
        .startsWith(USUAL)
        .doesNotHaveDuplicates()
        .allSatisfy(range -> {
          assertThat(range.items()).isEqualTo(USUAL.items());
          assertThat(range.isWhole()).isTrue();
          assertThat(range.groupSize()).isLessThanOrEqualTo(256);
        });
  }

  @Test
  void usual_groups_stay_where_others_are_hardly_faster() {
    Range fastest = searched().fastest(KEY, USUAL, 256, range -> range == USUAL ? 1 : 0.97);

    assertThat(fastest).isEqualTo(USUAL);
  }

  @Test
  void what_was_found_is_measured_once_and_kept_for_the_next_process() {
    GroupSizes sizes = searched();
    Range found = sizes.fastest(KEY, USUAL, 256, this::seconds);
    int measurements = measured.size();

    assertThat(sizes.fastest(KEY, USUAL, 256, this::seconds)).isEqualTo(found);
    assertThat(searched().fastest(KEY, USUAL, 256, this::seconds)).isEqualTo(found);
    assertThat(measured).hasSize(measurements);
  }

  @Test
  void damaged_file_is_searched_for_again_and_replaced() throws IOException {
    Range found = searched().fastest(KEY, USUAL, 256, this::seconds);
    int measurements = measured.size();
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 2] ^= 1;
    Files.write(file, damaged);

    assertThat(searched().fastest(KEY, USUAL, 256, this::seconds)).isEqualTo(found);
    assertThat(measured).hasSize(2 * measurements);
    assertThat(Files.readAllBytes(onlyFile())).isEqualTo(whole);
  }

  @Test
  void kept_groups_that_do_not_fit_are_searched_for_again() {
    ProgramCache.in(folder).keep(KEY, "[7, 3]".getBytes(StandardCharsets.UTF_8));

    assertThat(searched().fastest(KEY, USUAL, 256, this::seconds).group()).containsExactly(32L, 8L);
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  @Test
  void nothing_is_measured_where_the_search_is_off_or_there_is_no_choice() {
    Range odd = new Range(List.of(7L, 5L), List.of(7L, 1L));

    assertThat(GroupSizes.usual().fastest(KEY, USUAL, 256, this::seconds)).isEqualTo(USUAL);
    assertThat(searched().fastest(KEY, odd, 256, this::seconds)).isEqualTo(odd);
    assertThat(measured).isEmpty();
  }

  @Test
  void search_is_configured_and_by_default_on_for_gpus_where_what_is_found_is_kept() {
    ProgramCache kept = ProgramCache.in(folder);

    assertThat(searches(GroupSizes.of(null, kept, Kind.GPU), "a")).isTrue();
    assertThat(searches(GroupSizes.of(null, kept, Kind.CPU), "b")).isFalse();
    assertThat(searches(GroupSizes.of(null, ProgramCache.off(), Kind.GPU), "c")).isFalse();
    assertThat(searches(GroupSizes.of(" off ", kept, Kind.GPU), "d")).isFalse();
    assertThat(searches(GroupSizes.of("on", ProgramCache.off(), Kind.CPU), "e")).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupSizes.of("maybe", kept, Kind.GPU))
        .withMessageContaining("stride.gpu.search is 'maybe'; expected on or off");
  }

  private boolean searches(GroupSizes sizes, String key) {
    measured.clear();
    sizes.fastest(key, USUAL, 256, this::seconds);
    return !measured.isEmpty();
  }
}
