package dev.stride.core.internal.graph;

import dev.stride.api.BlockingOperator;
import dev.stride.api.DifferentiableOperator;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.api.Port.Arity;
import dev.stride.api.Signature;
import dev.stride.api.Weight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine knows of an operator once it has read its signature. Immutable. */
public final class OperatorPlan {

  private final Operator<?> operator;
  private final Operator<?> worker;
  private final @Nullable BlockingOperator<?> plainCode;
  private final @Nullable DifferentiableOperator<?> differentiable;
  private final Weight weight;
  private final Signature signature;
  private final String name;
  private final String pack;
  private final boolean[] kept;
  private final boolean[] keptOutputs;
  private final boolean keepsArguments;
  private final boolean keepsNothing;
  private final boolean keepsOutputs;
  private final Layout[] layouts;
  private final @Nullable Layout outputs;

  /**
   * Reads an operator's signature.
   *
   * @param operator as the user has it, perhaps named or bound
   * @param worker what does the work
   * @param pack id of its pack
   */
  public OperatorPlan(Operator<?> operator, Operator<?> worker, String pack) {
    this.operator = operator;
    this.worker = worker;
    this.plainCode = worker instanceof BlockingOperator<?> plain ? plain : null;
    this.differentiable = worker instanceof DifferentiableOperator<?> twice ? twice : null;
    this.weight = worker.weight();
    this.signature = worker.signature();
    this.name = operator.name();
    this.pack = pack;
    this.kept = keptPorts(signature, differentiable != null);
    this.keptOutputs = keptOutputs(signature);
    this.keepsOutputs = count(keptOutputs) > 0;
    this.keepsArguments = count(kept) == kept.length && !keepsOutputs;
    this.keepsNothing = count(kept) == 0 && !keepsOutputs && differentiable == null;
    this.layouts = layouts(signature.inputs());
    List<Port> ports = signature.outputs();
    this.outputs =
        ports.stream().anyMatch(p -> p.arity() == Arity.VARIADIC)
            ? null
            : Layout.ofFirst(ports.size(), ports);
  }

  /** The operator as the user has it. */
  public Operator<?> operator() {
    return operator;
  }

  /** The operator that does the work. */
  public Operator<?> worker() {
    return worker;
  }

  /** The worker, if it is plain code. */
  public @Nullable BlockingOperator<?> plainCode() {
    return plainCode;
  }

  /** The worker, if its gradients can be recorded. */
  public @Nullable DifferentiableOperator<?> differentiable() {
    return differentiable;
  }

  /** How expensive it usually is. */
  public Weight weight() {
    return weight;
  }

  /** Its signature. */
  public Signature signature() {
    return signature;
  }

  /** Its instance name. */
  public String name() {
    return name;
  }

  /** Id of the pack that it comes from. */
  public String pack() {
    return pack;
  }

  /** The shared layout of a call that gives one value for each of the first ports. */
  public Layout layout(int count) {
    return layouts[count];
  }

  /** The layout of the outputs; null if their number depends on the call. */
  public @Nullable Layout outputs() {
    return outputs;
  }

  /** Whether the adjoint may ask for every argument, and for no output. */
  boolean keepsArguments() {
    return keepsArguments;
  }

  /** Whether the adjoint may ask for nothing. */
  boolean keepsNothing() {
    return keepsNothing;
  }

  /** Whether the adjoint may ask for some output. */
  boolean keepsOutputs() {
    return keepsOutputs;
  }

  /** Whether the adjoint may ask for the arguments of a port. */
  public boolean keeps(int port) {
    return kept[port];
  }

  /** Whether the adjoint may ask for an output; all those of a variadic port are the last. */
  public boolean keepsOutput(int output) {
    return keptOutputs[Math.min(output, keptOutputs.length - 1)];
  }

  /** Auxiliary arguments are cheap, and adjoints that are written on variables choose by them. */
  private static boolean[] keptPorts(Signature signature, boolean differentiable) {
    List<Port> ports = signature.inputs();
    boolean[] kept = new boolean[ports.size()];
    for (int i = 0; i < kept.length; i++) {
      Port port = ports.get(i);
      kept[i] = signature.adjointNeeds(port.name()) || (differentiable && !port.differentiable());
    }
    return kept;
  }

  private static boolean[] keptOutputs(Signature signature) {
    List<Port> ports = signature.outputs();
    boolean[] kept = new boolean[ports.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = signature.keepsOutput(ports.get(i).name());
    }
    return kept;
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  private static Layout[] layouts(List<Port> ports) {
    Layout[] layouts = new Layout[ports.size() + 1];
    for (int count = 0; count < layouts.length; count++) {
      layouts[count] = Layout.ofFirst(count, ports);
    }
    return layouts;
  }
}
