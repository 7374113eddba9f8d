package dev.stride.ops.std.internal.elementwise;

import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.Sample;
import dev.stride.ops.std.internal.operator.ElementOperator;
import dev.stride.ops.std.internal.operator.Formula;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Registers the element-wise operators. */
public final class ElementwiseOperators {

  /** Made once, so that all engines share the loops that formulas are compiled to. */
  private static final List<Entry> ENTRIES =
      Stream.of(
              Stream.of(Functions.values()).map(f -> new Entry(f.formula(), f::samples)),
              Stream.of(ScaledFunctions.values()).map(f -> new Entry(f.formula(), f::samples)),
              Stream.of(PairFunctions.values()).map(f -> new Entry(f.formula(), f::samples)))
          .flatMap(entries -> entries)
          .toList();

  private ElementwiseOperators() {}

  private record Entry(Formula formula, Supplier<List<Sample>> samples) {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    for (Entry entry : ENTRIES) {
      registrar.operator(() -> new ElementOperator(entry.formula())).samples(entry.samples());
    }
    registrar.operator(Scale::new).samples(Scale::samples);
  }
}
