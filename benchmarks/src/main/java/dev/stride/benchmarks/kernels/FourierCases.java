package dev.stride.benchmarks.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fourier transforms against FFTW, planned with {@code FFTW_MEASURE} on interleaved numbers, and
 * their adjoints against their forwards. Operations are counted as {@code 5 N log2 N}.
 */
public final class FourierCases implements CaseFamily {

  private static final int FORWARD = -1;
  private static final int MEASURE = 0;

  private static final FunctionDescriptor PLAN =
      FunctionDescriptor.of(
          ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS,
          ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final FunctionDescriptor EXECUTE = FunctionDescriptor.ofVoid(ADDRESS);

  private final NativeLibrary single =
      NativeLibrary.installed("fftw", "libfftw3-single3", "libfftw3f.so.3");
  private final NativeLibrary twice =
      NativeLibrary.installed("fftw", "libfftw3-double3", "libfftw3.so.3");

  /** Looks for FFTW. */
  public FourierCases() {}

  /** Transforms over the last axes of a shape. */
  private record Row(String kind, Shape shape, int axes) {

    int[] extents() {
      int[] all = shape.toArray();
      return Arrays.copyOfRange(all, all.length - axes, all.length);
    }

    int points() {
      return Arrays.stream(extents()).reduce(1, Math::multiplyExact);
    }

    double operations() {
      return 5.0 * shape.size() * Math.log(points()) / Math.log(2);
    }

    String name() {
      return "fft_" + kind + "_" + shape.toString().replaceAll("[\\[\\] ]", "").replace(',', 'x');
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("power-of-two", Shape.of(16384, 64), 1),
          new Row("power-of-two", Shape.of(256, 4096), 1),
          new Row("power-of-two", Shape.of(1, 1 << 20), 1),
          new Row("3-5-7", Shape.of(4096, 105), 1),
          new Row("3-5-7", Shape.of(256, 3675), 1),
          new Row("prime", Shape.of(256, 1009), 1),
          new Row("prime", Shape.of(16, 65537), 1),
          new Row("2d", Shape.of(1024, 1024), 2));

  @Override
  public Stream<KernelCase> cases(Teams teams) {
    return ROWS.stream()
        .flatMap(row ->
            Stream.of(
                forward(row, DataType.FLOAT32, teams),
                forward(row, DataType.FLOAT64, teams),
                adjoint(row, teams)));
  }

  private static DirectCall call(Row row, DataType type, Teams teams) {
    Tensor real = Tensor.random(row.shape, type, 1);
    Tensor imaginary = Tensor.random(row.shape, type, 2);
    return DirectCall.of("stride.fft", real, imaginary).with("axes", row.axes).on(teams.of(1));
  }

  private KernelCase forward(Row row, DataType type, Teams teams) {
    boolean floats = type == DataType.FLOAT32;
    return KernelCase.operations(
        row.name() + (floats ? "_f32_t1" : "_f64_t1"),
        row.operations(),
        () -> {
          DirectCall call = call(row, type, teams);
          NativeLibrary library = floats ? single : twice;
          String prefix = floats ? "fftwf_" : "fftw_";
          Interleaved numbers = new Interleaved(row.shape.size(), type);
          MemorySegment plan =
              library
                  .function(prefix + "plan_many_dft", PLAN)
                  .map(planner -> plan(planner, row, numbers))
                  .orElse(MemorySegment.NULL);
          numbers.fill(call.tensor("real"), call.tensor("imaginary"));
          return Contest.of(call::forward)
              .against(
                  library,
                  prefix + "execute",
                  EXECUTE,
                  execute ->
                      () -> {
                        execute.invokeExact(plan);
                      })
              .comparing(
                  () -> Contest.distance(call.forward(), numbers.real(row.shape)),
                  floats ? 1e-5 : 1e-13);
        });
  }

  private static MemorySegment plan(MethodHandle planner, Row row, Interleaved numbers) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment extents = arena.allocateFrom(JAVA_INT, row.extents());
      return (MemorySegment)
          planner.invokeExact(
              row.axes,
              extents,
              row.shape.size() / row.points(),
              numbers.in,
              MemorySegment.NULL,
              1,
              row.points(),
              numbers.out,
              MemorySegment.NULL,
              1,
              row.points(),
              FORWARD,
              MEASURE);
    } catch (Throwable failure) {
      throw new IllegalStateException("FFTW makes no plan for " + row, failure);
    }
  }

  /** Complex numbers as FFTW wants them, before and after. */
  private static final class Interleaved {

    private final DataType type;
    private final MemorySegment in;
    private final MemorySegment out;

    Interleaved(int count, DataType type) {
      this.type = type;
      Arena arena = Arena.ofAuto();
      this.in = arena.allocate(2L * count * type.bytes(), 64);
      this.out = arena.allocate(2L * count * type.bytes(), 64);
    }

    void fill(Tensor real, Tensor imaginary) {
      for (int i = 0; i < real.size(); i++) {
        set(2L * i, real.at(i));
        set(2L * i + 1, imaginary.at(i));
      }
    }

    private void set(long index, double value) {
      if (type == DataType.FLOAT32) {
        in.setAtIndex(JAVA_FLOAT, index, (float) value);
      } else {
        in.setAtIndex(JAVA_DOUBLE, index, value);
      }
    }

    Tensor real(Shape shape) {
      double[] real = new double[shape.size()];
      for (int i = 0; i < real.length; i++) {
        real[i] =
            type == DataType.FLOAT32
                ? out.getAtIndex(JAVA_FLOAT, 2L * i)
                : out.getAtIndex(JAVA_DOUBLE, 2L * i);
      }
      return Tensor.adopt(shape, real);
    }
  }

  /** The yardstick is the same call's forward: an adjoint is to take at most 2.5 times as long. */
  private static KernelCase adjoint(Row row, Teams teams) {
    return KernelCase.operations(
        row.name() + "_adjoint_f32_t1",
        row.operations(),
        () -> {
          DirectCall call =
              call(row, DataType.FLOAT32, teams)
                  .forAdjoint(Tensor.random(row.shape, DataType.FLOAT32, 3));
          return Contest.of(call::adjoint).against("forward", call::forward);
        });
  }
}
