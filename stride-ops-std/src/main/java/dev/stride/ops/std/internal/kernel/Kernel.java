package dev.stride.ops.std.internal.kernel;

import dev.stride.api.DataType;
import dev.stride.api.Parallel;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A formula of elements, ready to run over tensors that are broadcast to a common shape.
 *
 * <p>Loops are compiled at their first use, one for each type and each choice of operands that are
 * one element repeated. What stands at a position of the result depends on the operands at that
 * position alone: not on threads, on neighbours or on where it is in an array. Safe for use by any
 * number of threads.
 */
public final class Kernel {

  private static final double[] NO_PARAMETERS = {};

  private final Expression expression;
  private final int operands;
  private final ConcurrentMap<Key, Compiled> compiled = new ConcurrentHashMap<>();

  private Kernel(Expression expression, int operands) {
    this.expression = expression;
    this.operands = operands;
  }

  /** What one loop is compiled for. */
  private record Key(DataType type, long uniform) {}

  /**
   * A kernel.
   *
   * @param operands number of tensors that it takes; fewer than 64
   */
  public static Kernel of(Expression expression, int operands) {
    return new Kernel(expression, operands);
  }

  /** The formula. */
  public Expression expression() {
    return expression;
  }

  /**
   * The result for operands of one type. Computed once for what is repeated in all of them, see
   * {@link Tensor#broadcastTo}, and repeated then.
   *
   * @param operands tensors whose shapes fit each other, see {@link Shapes#broadcast}
   */
  public Tensor map(Parallel parallel, Tensor... operands) {
    return map(parallel, NO_PARAMETERS, operands);
  }

  /**
   * The result for operands of one type.
   *
   * @param parameters numbers that the formula refers to. Not modified.
   * @param operands tensors whose shapes fit each other, see {@link Shapes#broadcast}
   */
  public Tensor map(Parallel parallel, double[] parameters, Tensor... operands) {
    Shape shape = shape(operands);
    Tensor[] few = unrepeated(operands);
    if (few != operands && shape(few).size() < shape.size()) {
      return map(parallel, parameters, few).broadcastTo(shape);
    }
    Object out = HeapArray.zeros(operands[0].dataType(), shape.size());
    into(out, shape, parallel, parameters, operands);
    return HeapArray.adopt(shape, out);
  }

  /**
   * As {@link #map(Parallel, double[], Tensor...)}, into an array that exists.
   *
   * @param out of the type of the operands and the size of the common shape. Overwritten.
   */
  public void into(Object out, Parallel parallel, double[] parameters, Tensor... operands) {
    into(out, shape(operands), parallel, parameters, operands);
  }

  /**
   * The results as terms of a reduction, which are computed when it reads them.
   *
   * @param parameters numbers that the formula refers to. Not modified.
   * @param operands tensors of one type whose shapes fit each other
   */
  public Terms terms(double[] parameters, Tensor... operands) {
    Shape shape = shape(operands);
    Spread spread = Spread.over(shape, unrepeated(operands));
    return Terms.of(shape, spread, loop(operands[0].dataType(), spread.uniform()), parameters);
  }

  /** As {@link #terms(double[], Tensor...)}, of a formula without parameters. */
  public Terms terms(Tensor... operands) {
    return terms(NO_PARAMETERS, operands);
  }

  private void into(
      Object out, Shape shape, Parallel parallel, double[] parameters, Tensor... operands) {
    Spread spread = Spread.over(shape, unrepeated(operands));
    Compiled loop = loop(operands[0].dataType(), spread.uniform());
    Chunks.coverElements(
        parallel, shape.size(), (from, to) -> spread.cover(loop, parameters, out, 0, from, to));
  }

  /** What is to be read of tensors, some of which may be repeated; the same array if none is. */
  private static Tensor[] unrepeated(Tensor... operands) {
    Tensor[] few = operands;
    for (int k = 0; k < operands.length; k++) {
      Tensor read = operands[k].unrepeated();
      if (read != operands[k]) {
        few = few == operands ? operands.clone() : few;
        few[k] = read;
      }
    }
    return few;
  }

  private Shape shape(Tensor... operands) {
    if (operands.length != this.operands) {
      throw new IllegalArgumentException(
          "the kernel takes " + this.operands + " operands, not " + operands.length);
    }
    Shape shape = operands[0].shape();
    for (Tensor operand : operands) {
      shape = operand.shape().equals(shape) ? shape : Shapes.broadcast(shape, operand.shape());
    }
    return shape;
  }

  /** The loop over arrays of a type, for code that finds its way through them itself. */
  public Rows rows(DataType type) {
    return new Rows(loop(type, 0));
  }

  private Compiled loop(DataType type, long uniform) {
    Key wanted = new Key(type, uniform);
    Compiled known = compiled.get(wanted);
    return known != null ? known : compiled.computeIfAbsent(wanted, key -> compile(type, uniform));
  }

  private Compiled compile(DataType type, long uniform) {
    Expression steps = Lowering.of(expression, type);
    Loop plain = LoopCompiler.plain(steps, type, uniform);
    int lanes = VectorUnit.lanes(type);
    Collection<Expression> all = Parts.all(steps);
    boolean isVector = lanes > 0 && all.stream().allMatch(Kernel::isExact);
    Loop vector = isVector ? LoopCompiler.vector(steps, type, uniform) : null;
    return new Compiled(plain, vector, all.size(), Math.max(1, lanes), type);
  }

  /**
   * Whether vector code gives the bits of plain code. Functions of the Vector API do not: what they
   * give depends on whether the virtual machine has compiled the loop yet.
   */
  private static boolean isExact(Expression step) {
    return switch (step) {
      case Expression.Unary unary -> unary.function().isExact();
      case Expression.Binary binary -> binary.function().isExact();
      default -> true;
    };
  }
}
