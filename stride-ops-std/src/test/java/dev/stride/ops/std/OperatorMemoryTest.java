package dev.stride.ops.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.DataType;
import dev.stride.api.Saved;
import dev.stride.api.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * No operator allocates more than its outputs, what it saves, and the room that it documents.
 *
 * <p>Runs in plain Java only: vector code allocates until the virtual machine has compiled it.
 */
class OperatorMemoryTest {

  /** What any operator may need for looking at its arguments, tiles and partial sums. */
  private static final long SMALL = 256 << 10;

  /** Room that is documented in docs/kernels.md: bytes for each element, and operators. */
  private static final Map<String, Long> ROOM =
      rooms(
          """
          8 cumulative-sum resize l2-distance time-integral window butterworth gradient interpolate
          8 repeat
          16 laplacian resample-polyphase inject roll gather scatter-add time-derivative outer
          32 product matmul matvec pad-reflect real-fft gaussian-smooth softmax
          32 pad-mirror pad-absorbing
          48 fft inverse-fft convolve correlate pad-edge resample fir normalised-l2
          80 solve triangular-solve hilbert tikhonov correlation-distance singular-values
          256 total-variation envelope instantaneous-phase inverse cholesky determinant
          256 time-shift travel-time inverse-real-fft logdet
          640 envelope-distance optimal-transport
          4096 acoustic-wave
          8192 symmetric-eigenvalues
          """);

  private static Map<String, Long> rooms(String table) {
    Map<String, Long> rooms = new HashMap<>();
    for (String line : table.lines().toList()) {
      List<String> words = List.of(line.split(" ", -1));
      for (String name : words.subList(1, words.size())) {
        rooms.put("stride." + name, Long.valueOf(words.getFirst()));
      }
    }
    return rooms;
  }

  @TestFactory
  Stream<DynamicTest> operators_allocate_what_they_return_and_what_they_document() {
    return Stream.of(DataType.values())
        .flatMap(type ->
            LargeSamples.of(type).entrySet().stream()
                .map(each ->
                    DynamicTest.dynamicTest(
                        each.getKey() + " in " + type,
                        () -> require(each.getKey(), each.getValue()))));
  }

  private static void require(String name, BareCall call) {
    List<Tensor> warm = call.forward();
    call.seeded().adjoint();
    Allocations<List<Tensor>> forward = Allocations.of(call::forward);
    call.seeded();
    Allocations<List<Tensor>> adjoint = Allocations.of(call::adjoint);
    long first = forward.bytes() - bytes(forward.result()) - bytes(call.saved());
    long second = adjoint.bytes() - bytes(adjoint.result());
    long elements = largest(call.inputs(), warm);
    assertThat(Math.max(0, Math.ceilDiv(Math.max(first, second) - SMALL, elements)))
        .as("bytes for each of %s elements; forward %s, adjoint %s", elements, first, second)
        .isLessThanOrEqualTo(ROOM.getOrDefault(name, 0L));
  }

  private static long largest(List<Tensor> inputs, List<Tensor> outputs) {
    return Stream.concat(inputs.stream(), outputs.stream()).mapToLong(Tensor::size).max().orElse(0);
  }

  private static long bytes(@Nullable Object saved) {
    return switch (saved) {
      case Tensor tensor -> (long) tensor.size() * tensor.dataType().bytes();
      case List<?> several -> several.stream().mapToLong(OperatorMemoryTest::bytes).sum();
      case Saved state -> state.bytes();
      case null, default -> 0;
    };
  }
}
