package dev.stride.api;

import dev.stride.api.Port.Arity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contract of an operator: its name, its ports, and what its adjoint needs.
 *
 * <p>Immutable. Two implementations of one name must {@linkplain #sameInterface agree} on name and
 * ports.
 */
public final class Signature {

  private final String name;
  private final List<Port> inputs;
  private final List<Port> outputs;
  private final Set<String> linearIn;
  private final @Nullable Set<String> adjointNeeds;
  private final Set<String> keptOutputs;

  private Signature(Builder builder) {
    this.name = builder.name;
    this.inputs = List.copyOf(builder.inputs);
    this.outputs = List.copyOf(builder.outputs);
    this.linearIn = Set.copyOf(builder.linearIn);
    this.adjointNeeds = builder.adjointNeeds == null ? null : Set.copyOf(builder.adjointNeeds);
    this.keptOutputs = Set.copyOf(builder.keptOutputs);
  }

  /**
   * Starts a signature.
   *
   * @param name the operator's full name, with the namespace of whoever defines its meaning: {@code
   *     stride.multiply}, {@code acme.softplus}
   */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** The operator's full name. */
  public String name() {
    return name;
  }

  /** Inputs in positional order. */
  public List<Port> inputs() {
    return inputs;
  }

  /** Outputs in positional order; the first is the primary one. */
  public List<Port> outputs() {
    return outputs;
  }

  /** Inputs that have gradients, in positional order. */
  public List<Port> differentiableInputs() {
    return inputs.stream().filter(Port::differentiable).toList();
  }

  /** The input of this name, if there is one. */
  public Optional<Port> input(String port) {
    return inputs.stream().filter(p -> p.name().equals(port)).findFirst();
  }

  /** Names of the inputs in which the outputs are linear, see {@link Builder#linearIn}. */
  public Set<String> linearIn() {
    return linearIn;
  }

  /** Whether the adjoint may ask for this argument; otherwise the engine drops it after forward. */
  public boolean adjointNeeds(String port) {
    return adjointNeeds == null || adjointNeeds.contains(port);
  }

  /** Whether the adjoint may ask for this output; otherwise the engine does not keep it. */
  public boolean keepsOutput(String port) {
    return keptOutputs.contains(port);
  }

  /** Whether name and ports agree, as implementations of one name must. */
  public boolean sameInterface(Signature other) {
    return name.equals(other.name) && inputs.equals(other.inputs) && outputs.equals(other.outputs);
  }

  /** As messages print it: {@code stride.axpy(a: Double, x: Tensor) -> y: Tensor}. */
  @Override
  public String toString() {
    return name + ports(inputs, "(", ")") + ports(outputs, " -> ", "");
  }

  private static String ports(List<Port> ports, String open, String close) {
    return ports.stream().map(Port::toString).collect(Collectors.joining(", ", open, close));
  }

  /** Collects ports in positional order. Not safe for concurrent use. */
  public static final class Builder {

    private final String name;
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final Set<String> linearIn = new LinkedHashSet<>();
    private @Nullable Set<String> adjointNeeds;
    private final Set<String> keptOutputs = new LinkedHashSet<>();

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Adds a required, differentiable input of type {@link Tensor}. */
    public Builder input(String port) {
      return input(Port.of(port));
    }

    /** Adds a required, differentiable input of another type. */
    public Builder input(String port, Class<?> type) {
      return input(Port.of(port).typed(type));
    }

    /** Adds an input. */
    public Builder input(Port port) {
      inputs.add(port);
      return this;
    }

    /** Adds a required input that has no gradient. */
    public Builder auxiliary(String port, Class<?> type) {
      return input(Port.auxiliary(port, type));
    }

    /** Adds an output of type {@link Tensor}. */
    public Builder output(String port) {
      return output(Port.of(port));
    }

    /** Adds an output of another type. */
    public Builder output(String port, Class<?> type) {
      return output(Port.of(port).typed(type));
    }

    /** Adds an output. */
    public Builder output(Port port) {
      outputs.add(port);
      return this;
    }

    /**
     * Declares that the outputs are linear in these inputs: in each with the others held fixed, as
     * {@code a * b} is in {@code a} and in {@code b}, or in all of them together, as {@code a + b}
     * is. They change linearly with each input named, and are zero where all of those are zero.
     */
    public Builder linearIn(String... ports) {
      linearIn.addAll(List.of(ports));
      return this;
    }

    /** Declares that the adjoint asks for these arguments only; without names, for none. */
    public Builder adjointNeeds(String... ports) {
      adjointNeeds = new LinkedHashSet<>(List.of(ports));
      return this;
    }

    /** Declares that the adjoint asks for these outputs as well; by default it sees none. */
    public Builder keepsOutputs(String... ports) {
      keptOutputs.addAll(List.of(ports));
      return this;
    }

    /**
     * The signature.
     *
     * @throws IllegalArgumentException if there is no output, a name stands twice, a declaration
     *     names no such port, a required input follows an optional or variadic one, or an output
     *     that is not the last is variadic
     */
    public Signature build() {
      check(!name.isBlank(), "the name is blank");
      check(!outputs.isEmpty(), "there is no output; add one with output(name)");
      checkUnique(inputs);
      checkUnique(outputs);
      checkNamed(linearIn, inputs, "linearIn", "no input");
      checkNamed(
          adjointNeeds == null ? Set.of() : adjointNeeds, inputs, "adjointNeeds", "no input");
      checkNamed(keptOutputs, outputs, "keepsOutputs", "no output");
      checkOrder();
      return new Signature(this);
    }

    private void checkUnique(List<Port> ports) {
      Set<String> seen = new HashSet<>();
      for (Port port : ports) {
        check(seen.add(port.name()), "port '" + port.name() + "' stands twice");
      }
    }

    private void checkNamed(
        Set<String> names, List<Port> ports, String declaration, String otherwise) {
      for (String named : names) {
        check(
            ports.stream().anyMatch(p -> p.name().equals(named)),
            declaration + " names '" + named + "', which is " + otherwise);
      }
    }

    private void checkOrder() {
      boolean optionalSeen = false;
      for (Port port : inputs) {
        check(
            !(optionalSeen && port.arity() == Arity.REQUIRED),
            "required input '" + port.name() + "' follows an optional or variadic one");
        optionalSeen |= port.arity() != Arity.REQUIRED;
      }
      check(
          outputs.stream().noneMatch(p -> p.arity() == Arity.OPTIONAL),
          "outputs cannot be optional");
      for (Port port : outputs.subList(0, outputs.size() - 1)) {
        check(
            port.arity() != Arity.VARIADIC,
            "variadic output '" + port.name() + "' is not the last one");
      }
    }

    private void check(boolean right, String otherwise) {
      if (!right) {
        throw new IllegalArgumentException("signature of " + name + ": " + otherwise);
      }
    }
  }
}
