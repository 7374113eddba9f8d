package dev.stride.api.spi;

import dev.stride.api.Operator;

/**
 * Is told by the engine who holds the values of an adjoint run, so that a space whose values hold
 * more than memory of the heap can give it back as soon as nobody can reach a value any more.
 *
 * <p>Holders are counted: the engine holds a value once for each place where it keeps it, such as
 * an edge, a sum, or an adjoint that runs. When the last of them lets go, the space may free what
 * the value holds if nobody else can have it: if an operator of the space's own pack made it during
 * an adjoint call and returned it as a gradient, or an accumulator of the space made it, and if it
 * was never handed out. Values that share memory, such as a tensor and a view of it, count as one.
 *
 * <p>Everything else must stay. The engine tells of all values that a run has: of seeds too, and of
 * arguments, outputs and saved values, where an adjoint returns one as a gradient.
 *
 * <p>Any thread may call these methods; before a value is handed out or let go of, it is held.
 *
 * @param <T> class of the values
 * @see VectorSpace#custody
 */
public interface Custody<T> {

  /**
   * Whether an operator refers to no cotangent or gradient any more once its adjoint has ended.
   * What any other operator sees or returns is handed out.
   */
  boolean keepsNothing(Operator<?> operator);

  /** The engine keeps a value in one place more. */
  void hold(T value);

  /** The engine keeps a value in one place less. Commands that use it may not have ended yet. */
  void letGo(T value);

  /**
   * A value goes to where the engine cannot follow it: to the application, to a leaf, to an
   * operator that may keep it. From now on only the garbage collector knows when it can be freed.
   */
  void handOut(T value);
}
