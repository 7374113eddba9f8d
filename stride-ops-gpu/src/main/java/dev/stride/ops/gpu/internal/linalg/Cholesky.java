package dev.stride.ops.gpu.internal.linalg;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import dev.stride.ops.gpu.internal.operator.DeviceCode;
import dev.stride.ops.gpu.internal.operator.Operands;
import dev.stride.ops.gpu.internal.operator.Precision;
import dev.stride.ops.gpu.internal.operator.Scratch;
import java.util.List;

/**
 * The lower Cholesky factor of symmetric positive definite matrices, on a device; of ports and
 * meaning as {@code stride.cholesky} of the standard pack. A call waits for whether matrices are
 * positive definite. Keeps its output. Stateless.
 */
final class Cholesky implements DeviceCode {

  private static final Signature SIGNATURE =
      Signature.named("stride.cholesky")
          .input("a")
          .output("y")
          .adjointNeeds()
          .keepsOutputs("y")
          .build();

  private static final Triangles.Form PLAIN = new Triangles.Form(false, false, false);

  private static final String KERNEL =
      """
      __kernel void rooted(
          const uint matrices, const uint n, __global A *all, __global A *broken) {
        GROUP;
        if (group >= matrices) { return; }
        __global A *a = all + group * n * n;
        uint first = 0;
        for (uint k = 0; k < n && first == 0; k++) {
          const A pivot = a[k * n + k];
          first = pivot > 0 ? 0 : k + 1;
          const A root = sqrt(pivot);
          TOGETHER;
          for (uint i = k + lane; i < n; i += lanes) {
            a[i * n + k] = i == k ? root : a[i * n + k] / root;
          }
          TOGETHER;
          const uint rest = n - k - 1;
          for (uint cell = lane; cell < rest * rest; cell += lanes) {
            const uint i = k + 1 + cell / rest, j = k + 1 + cell % rest;
            if (j <= i) { a[i * n + j] -= a[i * n + k] * a[j * n + k]; }
          }
          TOGETHER;
        }
        for (uint cell = lane; cell < n * n; cell += lanes) {
          if (cell % n > cell / n) { a[cell] = 0; }
        }
        if (lane == 0) { broken[group] = first; }
      }
      """;

  private final ComputeDevice device;
  private final Precision precision;
  private final Matrix matrix;
  private final Triangles triangles;

  Cholesky(ComputeDevice device) {
    this.device = device;
    this.precision = new Precision(device, SIGNATURE.name());
    this.matrix = new Matrix(device, SIGNATURE.name());
    this.triangles = new Triangles(device, SIGNATURE.name());
  }

  static List<Sample> samples() {
    return List.of(
        Sample.of(Wells.positive(4, 4)).scaled(0.01),
        Sample.of(Wells.positive(2, 1, 3, 3)).scaled(0.01).described("a stack"));
  }

  @Override
  public Signature signature() {
    return SIGNATURE;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Stacks.checkSquare(call, "a", a.shape());
    return Outputs.of(precision.narrow(factor(call, a), a.dataType()));
  }

  private Tensor factor(OperatorCall call, Tensor a) {
    Shape batch = Stacks.batch(a.shape());
    try (Scratch scratch = new Scratch()) {
      Tensor factor = matrix.symmetric(precision.wide(a, scratch));
      if (factor.size() > 0) {
        Tensor broken = scratch.keep(device.allocate(batch, precision.type(), SIGNATURE.name()));
        launch(factor, broken);
        check(call, broken.toDoubleArray());
      }
      return factor;
    }
  }

  private void launch(Tensor factor, Tensor broken) {
    int n = factor.shape().extent(-1);
    List<DeviceStorage> written = List.of(device.storage(factor), device.storage(broken));
    List<Object> arguments = List.of(broken.size(), n, written.getFirst(), written.getLast());
    new Groups(device, SIGNATURE.name(), precision.type())
        .launch(KERNEL, "rooted", broken.size(), n, arguments, written);
  }

  private static void check(OperatorCall call, double[] broken) {
    for (int i = 0; i < broken.length; i++) {
      if (broken[i] != 0) {
        throw Stacks.broken(
            call, i, "not positive definite", (int) broken[i], "Add a multiple of the identity.");
      }
    }
  }

  /** {@code op(L)^-1 x}. */
  private Tensor solved(Tensor factor, Triangles.Form form, Tensor x) {
    return triangles.new Columns(factor.shape(), x).solve(factor, form).x();
  }

  /** {@code op(L)^-1 x op(L)^-T} of a symmetric x, but for what is not symmetric in rounding. */
  private Tensor solvedOnBothSides(Tensor factor, Triangles.Form form, Tensor x, Scratch scratch) {
    Tensor once = scratch.keep(solved(factor, form, x));
    return scratch.keep(solved(factor, form, scratch.keep(matrix.turned(once))));
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Tensor g = Operands.on(device, call.cotangent());
    try (Scratch scratch = new Scratch()) {
      Tensor factor = precision.wide(Operands.on(device, call.output("y")), scratch);
      Tensor product = scratch.keep(matrix.times(factor, true, precision.wide(g, scratch), false));
      Tensor p = scratch.keep(matrix.symmetric(scratch.keep(matrix.halved(product))));
      Tensor whole = solvedOnBothSides(factor, PLAIN.transposed(), p, scratch);
      return Gradients.of(precision.narrow(matrix.symmetric(whole), g.dataType()));
    }
  }

  @Override
  public Outputs tangent(TangentCall call) {
    Tensor a = Operands.on(device, call.tensor("a"));
    Tensor direction = Operands.on(device, call.direction("a"));
    try (Scratch scratch = new Scratch()) {
      Tensor factor = scratch.keep(factor(call, a));
      Tensor change = scratch.keep(matrix.symmetric(precision.wide(direction, scratch)));
      Tensor whole = solvedOnBothSides(factor, PLAIN, change, scratch);
      Tensor half = scratch.keep(matrix.halved(whole));
      return Outputs.of(precision.narrow(matrix.times(factor, half), a.dataType()));
    }
  }
}
