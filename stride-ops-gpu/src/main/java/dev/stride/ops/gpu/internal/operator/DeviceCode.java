package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Gradients;
import dev.stride.api.TangentOperator;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.ComputeDevice;

/**
 * An operator of this pack: plain code that hands commands over to a device.
 *
 * <p>It refers to no cotangent and no gradient once its adjoint has ended. So what the adjoint has
 * made is lent to the run that asked for it, which says when the memory can go back.
 */
public interface DeviceCode extends BlockingOperator<Tensor>, TangentOperator<Tensor> {

  /** Where it computes. */
  ComputeDevice device();

  /** The adjoint; see {@link #adjoint}. */
  Gradients gradients(AdjointCall call);

  @Override
  default Gradients adjoint(AdjointCall call) {
    Loans loans = Loans.since(device());
    Gradients gradients = gradients(call);
    loans.take(gradients);
    return gradients;
  }
}
