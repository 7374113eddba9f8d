package dev.stride.ops.std.internal.loss;

import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import java.util.Arrays;

/**
 * The {@linkplain Transport#slopes slopes} of the cost of a transport along its first masses as an
 * operator of its own, so that they can be differentiated once more.
 *
 * <p>Its inputs are masses, [..., time], whose sum over each trace is 1. Its gradients are those of
 * changes that leave the sum as it is.
 */
final class TransportSlopes implements BlockingOperator<Tensor> {

  private static final Signature SIGNATURE =
      Signature.named("stride.optimal-transport-slopes")
          .input("first")
          .input("second")
          .output("y")
          .build();

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor like = call.tensor("first");
    double[] slopes = new double[like.size()];
    transports(
        call,
        (at, transport) -> {
          double[] trace = transport.slopes();
          System.arraycopy(trace, 0, slopes, at, trace.length);
        });
    return Outputs.of(Tensor.adopt(like.shape(), slopes).cast(like.dataType()));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    Tensor like = call.tensor("first");
    int length = like.shape().extent(-1);
    double[] c = call.cotangent().toDoubleArray();
    double[] towardsFirst = new double[like.size()];
    double[] towardsSecond = new double[like.size()];
    transports(
        call,
        (at, transport) -> {
          Transport.Curvature both = transport.curvature(Arrays.copyOfRange(c, at, at + length));
          System.arraycopy(both.towardsFirst(), 0, towardsFirst, at, length);
          System.arraycopy(both.towardsSecond(), 0, towardsSecond, at, length);
        });
    return Gradients.of(
        call.needsGrad("first")
            ? Tensor.adopt(like.shape(), towardsFirst).cast(like.dataType())
            : null,
        call.needsGrad("second")
            ? Tensor.adopt(like.shape(), towardsSecond).cast(like.dataType())
            : null);
  }

  private interface Visitor {
    void visit(int at, Transport transport);
  }

  private static void transports(OperatorCall call, Visitor visitor) {
    double[] first = call.tensor("first").toDoubleArray();
    double[] second = call.tensor("second").toDoubleArray();
    int length = call.tensor("first").shape().extent(-1);
    call.parallel()
        .run(
            first.length / length,
            trace -> {
              int at = trace * length;
              visitor.visit(
                  at,
                  new Transport(
                      Arrays.copyOfRange(first, at, at + length),
                      Arrays.copyOfRange(second, at, at + length)));
            });
  }
}
