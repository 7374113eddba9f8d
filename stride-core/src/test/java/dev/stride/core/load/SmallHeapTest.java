package dev.stride.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.core.fixtures.ChildJvm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** E3, E8, E9, E22. A long job needs no more memory than a short one, and leaves nothing behind. */
class SmallHeapTest {

  private static final List<String> SMALL_HEAP =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  @Test
  void hundred_thousand_graphs_one_after_the_other_fit_into_a_small_heap() {
    List<String> output = ChildJvm.run(SMALL_HEAP, SmallHeapProbe.class, "graphs", "100000");
    assertThat(output).anyMatch(line -> line.matches("open 0 of 300000"));
  }

  @Test
  void thousand_iterations_of_an_inversion_leave_no_heap_thread_file_or_native_memory() {
    List<String> output = ChildJvm.run(SMALL_HEAP, SmallHeapProbe.class, "inversion", "1000");
    Left halfway = Left.of(output, "half-way");
    Left end = Left.of(output, "at the end");

    assertThat(end.heap - halfway.heap).as("%s", output).isLessThan(500 << 10);
    assertThat(end.threads).as("%s", output).isLessThanOrEqualTo(halfway.threads);
    assertThat(end.files).as("%s", output).isLessThanOrEqualTo(halfway.files);
    assertThat(end.open).as("%s", output).isZero();
  }

  private record Left(long heap, int threads, int files, int open) {

    private static final Pattern LINE =
        Pattern.compile(".*: heap (\\d+) threads (\\d+) files (\\d+) open (\\d+)");

    static Left of(List<String> output, String when) {
      Matcher line =
          output.stream()
              .filter(text -> text.startsWith(when))
              .map(LINE::matcher)
              .filter(Matcher::matches)
              .findFirst()
              .orElseThrow(() -> new AssertionError(output.toString()));
      return new Left(
          Long.parseLong(line.group(1)),
          Integer.parseInt(line.group(2)),
          Integer.parseInt(line.group(3)),
          Integer.parseInt(line.group(4)));
    }
  }
}
