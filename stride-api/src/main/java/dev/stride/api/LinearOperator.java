package dev.stride.api;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A linear map {@code y = A x} of tensors as an operator, made of two functions: the map and its
 * transpose.
 *
 * {@snippet :
 * Operator<Tensor> reverse = LinearOperator.of("acme.reverse", Reverse::of, Reverse::of);
 * Variable<Tensor> y = reverse.call(x);
 * }
 *
 * <p>For a cotangent {@code g} the adjoint is {@code A^T g}, the tangent is {@code A}, and
 * gradients can be differentiated any number of times. That the two functions belong together is
 * the author's promise: {@code <A x, v> = <x, A^T v>} for all {@code x} and {@code v}. The
 * testkit's dot test refutes a wrong one.
 *
 * <table>
 *   <caption>Inputs and outputs</caption>
 *   <tr><th>name<th>shape<th>unit
 *   <tr><td>x<td>any that the map takes<td>any
 *   <tr><td>y (output)<td>as the map says<td>as the map says
 * </table>
 *
 * <p>The functions must keep nothing of a call, must not wait, and must give a tensor of the type
 * that they are given; the transpose must give back the shape of {@code x}. They run on the
 * engine's executor, several at once where calls are concurrent. Saves nothing, and the adjoint
 * does not keep {@code x}. Immutable.
 */
public final class LinearOperator
    implements BlockingOperator<Tensor>, TangentOperator<Tensor>, DifferentiableOperator<Tensor> {

  private static final String TRANSPOSED = "-transposed";

  private final Signature signature;
  private final UnaryOperator<Tensor> forward;
  private final UnaryOperator<Tensor> transpose;

  private LinearOperator(
      String name, UnaryOperator<Tensor> forward, UnaryOperator<Tensor> transpose) {
    this.signature =
        Signature.named(name).input("x").output("y").linearIn("x").adjointNeeds().build();
    this.forward = Objects.requireNonNull(forward, "forward");
    this.transpose = Objects.requireNonNull(transpose, "transpose");
  }

  /**
   * The operator of a linear map.
   *
   * @param name full name, with the namespace of its author: {@code acme.radon}
   * @param forward the map {@code A}
   * @param transpose its transpose {@code A^T}, from the shape of {@code A x} to that of {@code x}
   */
  public static LinearOperator of(
      String name, UnaryOperator<Tensor> forward, UnaryOperator<Tensor> transpose) {
    return new LinearOperator(name, forward, transpose);
  }

  /**
   * The transpose as an operator of its own, under this one's name with {@code -transposed} behind
   * it. Its transpose is this map again.
   */
  public LinearOperator transposed() {
    String name = signature.name();
    String other =
        name.endsWith(TRANSPOSED)
            ? name.substring(0, name.length() - TRANSPOSED.length())
            : name + TRANSPOSED;
    return new LinearOperator(other, transpose, forward);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    return Outputs.of(applied(forward, "forward", call.tensor("x")));
  }

  @Override
  public Gradients adjoint(AdjointCall call) {
    return Gradients.of(applied(transpose, "transpose", call.cotangent()));
  }

  @Override
  public Outputs tangent(TangentCall call) {
    return Outputs.of(applied(forward, "forward", call.direction("x")));
  }

  @Override
  public List<@Nullable Object> adjointOnVariables(VariableCall call) {
    return List.of(transposed().call(call.cotangent("y", Tensor.class)));
  }

  private Tensor applied(UnaryOperator<Tensor> function, String role, Tensor argument) {
    @Nullable Tensor result = function.apply(argument);
    if (result == null || result.dataType() != argument.dataType()) {
      throw new IllegalStateException(
          signature.name()
              + ": the function given as "
              + role
              + " was given "
              + argument.dataType()
              + " of shape "
              + argument.shape()
              + " and returned "
              + (result == null ? "null" : result.dataType().toString())
              + ". Return a tensor of the type of the argument.");
    }
    return result;
  }
}
