package dev.stride.ops.gpu.internal.operator;

import dev.stride.api.AdjointCall;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.OperatorCall;
import dev.stride.api.Outputs;
import dev.stride.api.Port;
import dev.stride.api.Shape;
import dev.stride.api.Signature;
import dev.stride.api.TangentCall;
import dev.stride.api.Tensor;
import dev.stride.api.spi.Sample;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors side by side along an axis, or behind one another along a new one, on a device; of ports
 * and meaning as {@code stride.concatenate} and {@code stride.stack} of the standard pack. The
 * adjoint of an input is the part of the cotangent where it went. Saves shapes. Stateless.
 */
final class Joining implements DeviceCode {

  private final Signature signature;
  private final boolean stacks;
  private final ComputeDevice device;
  private final Views views;

  private Joining(String name, boolean stacks, ComputeDevice device) {
    this.signature =
        Signature.named(name)
            .input(Port.of("inputs").variadic())
            .input(Port.auxiliary("axis", Number.class).optional())
            .output("y")
            .linearIn("inputs")
            .adjointNeeds()
            .build();
    this.stacks = stacks;
    this.device = device;
    this.views = new Views(device, name);
  }

  static Joining concatenate(ComputeDevice device) {
    return new Joining("stride.concatenate", false, device);
  }

  static Joining stack(ComputeDevice device) {
    return new Joining("stride.stack", true, device);
  }

  static List<Sample> concatenateSamples() {
    return List.of(
        Sample.of(List.of(normal(2, 3), normal(1, 3), normal(4, 3))),
        Sample.of(List.of(normal(2, 3, 2), normal(2, 1, 2)), 1).described("middle axis"));
  }

  static List<Sample> stackSamples() {
    return List.of(
        Sample.of(List.of(normal(2, 3), normal(2, 3), normal(2, 3))),
        Sample.of(List.of(normal(3), normal(3).times(3)), -1).described("last axis"));
  }

  private static Tensor normal(int... extents) {
    return Domain.ALL.of(Shape.of(extents), 23);
  }

  @Override
  public Signature signature() {
    return signature;
  }

  @Override
  public Outputs forward(ForwardCall call) {
    List<Tensor> inputs =
        call.tensors("inputs").stream().map(tensor -> Operands.on(device, tensor)).toList();
    Joint joint = joint(inputs, call);
    if (!stacks) {
      sameType(inputs, call);
    }
    return Outputs.of(joint.join(inputs, views, device, signature.name())).saving(joint);
  }

  private static void sameType(List<Tensor> inputs, OperatorCall call) {
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      ports.add("inputs[" + i + "]");
    }
    Operands.sameType(call, ports, inputs);
  }

  private Joint joint(List<Tensor> inputs, OperatorCall call) {
    return stacks ? stacked(inputs, call) : Joint.of(inputs, call);
  }

  private static Joint stacked(List<Tensor> inputs, OperatorCall call) {
    if (inputs.isEmpty()) {
      throw Operands.wrong(call, "`inputs` is empty. Give at least one tensor.");
    }
    sameType(inputs, call);
    for (int i = 1; i < inputs.size(); i++) {
      Operands.sameShape(call, "inputs[0]", inputs.getFirst(), "inputs[" + i + "]", inputs.get(i));
    }
    Shape shape = inputs.getFirst().shape();
    int axis = newAxis(shape, call);
    int[] extents = new int[shape.rank() + 1];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i == axis ? inputs.size() : shape.extent(i < axis ? i : i - 1);
    }
    return new Joint(Shape.of(extents), axis, Collections.nCopies(inputs.size(), 1));
  }

  private static int newAxis(Shape input, OperatorCall call) {
    int axis = call.integer("axis", 0);
    int counted = axis < 0 ? axis + input.rank() + 1 : axis;
    if (counted < 0 || counted > input.rank()) {
      throw Operands.wrong(
          call,
          "`axis` is "
              + axis
              + ", but `inputs` have shape "
              + input
              + "; it must be from "
              + (-input.rank() - 1)
              + " to "
              + input.rank()
              + ".");
    }
    return counted;
  }

  @Override
  public ComputeDevice device() {
    return device;
  }

  @Override
  public Gradients gradients(AdjointCall call) {
    Joint joint = call.saved(Joint.class);
    Tensor cotangent = Operands.on(device, call.cotangent());
    List<@Nullable Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < joint.extents().size(); i++) {
      boolean needed = call.needsGrad("inputs[" + i + "]");
      gradients.add(needed ? part(joint, cotangent, i) : null);
    }
    return Gradients.of(gradients);
  }

  private Tensor part(Joint joint, Tensor cotangent, int i) {
    Tensor part = joint.part(cotangent, i, views);
    return stacks ? part.reshape(without(part.shape(), joint.axis())) : part;
  }

  private static Shape without(Shape shape, int axis) {
    int[] extents = new int[shape.rank() - 1];
    for (int k = 0; k < extents.length; k++) {
      extents[k] = shape.extent(k < axis ? k : k + 1);
    }
    return Shape.of(extents);
  }

  @Override
  public Outputs tangent(TangentCall call) {
    List<Tensor> directions = new ArrayList<>();
    for (int i = 0; call.has("inputs[" + i + "]"); i++) {
      directions.add(Operands.on(device, call.direction("inputs[" + i + "]")));
    }
    return Outputs.of(joint(directions, call).join(directions, views, device, signature.name()));
  }
}
