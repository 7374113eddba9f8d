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
    registrar.operator(Stack::new).samples(Stack::samples);
    registrar.operator(Transpose::new).samples(Transpose::samples);
    registrar.operator(Flip::new).samples(Flip::samples);
    registrar.operator(Roll::new).samples(Roll::samples);
    registrar.operator(Repeat::new).samples(Repeat::samples);
    registrar.operator(BroadcastTo::new).samples(BroadcastTo::samples);
    registrar.operator(Gather::new).samples(Gather::samples);
    registrar.operator(ScatterAdd::new).samples(ScatterAdd::samples);
    registrar.operator(PadConstant::new).samples(PadConstant::samples);
    registrar.operator(PadEdge::new).samples(Widths::samples);
    registrar.operator(PadReflect::new).samples(Widths::samples);
    registrar.operator(Cast::new).samples(Cast::samples);
  }
}
