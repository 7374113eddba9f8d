package dev.stride.ops.std.internal.shape;

import dev.stride.api.spi.OperatorRegistrar;

/** Registers the operators that move elements. */
public final class ShapeOperators {

  private ShapeOperators() {}

  /** Registers them all, each with its samples. */
  public static void register(OperatorRegistrar registrar) {
    registrar.operator(Reshape::new).samples(Reshape::samples);
    registrar.operator(Slice::new).samples(Slice::samples);
    registrar.operator(Concatenate::new).samples(Concatenate::samples);
    registrar.operator(Split::new).samples(Split::samples);
    registrar.operator(PadEdge::new).samples(PadEdge::samples);
  }
}
