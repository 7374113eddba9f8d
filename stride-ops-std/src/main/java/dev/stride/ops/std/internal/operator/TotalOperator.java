package dev.stride.ops.std.internal.operator;

import dev.stride.api.FusibleOperator;
import dev.stride.api.Fusion;
import dev.stride.api.OperatorCall;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import org.jspecify.annotations.Nullable;

/** A linear operator that reads each element once and can read the results of a formula instead. */
public abstract class TotalOperator extends LinearOperator implements FusibleOperator<Tensor> {

  /**
   * Takes the name and the auxiliary ports.
   *
   * @param auxiliary the inputs behind {@code x}, which may all be left out
   */
  protected TotalOperator(String name, Port... auxiliary) {
    super(name, auxiliary);
  }

  @Override
  protected abstract TermsMap map(Shape x, OperatorCall call);

  @Override
  public @Nullable FormulaTotal fuse(Fusion fusion) {
    Formula formula = JoinedFormulas.ofAllButLast(fusion);
    return formula == null ? null : new FormulaTotal(formula, this);
  }
}
