package dev.stride.api;

import java.util.List;

/**
 * Calls that may become one, as a {@link FusibleOperator} sees them: what goes in, and which call
 * takes the results of which. Immutable.
 *
 * @param name what to name the operator of all of them
 * @param inputs what goes in from outside, once each, however many of the calls take it; auxiliary
 *     where no gradient goes through
 * @param steps the calls, each behind those whose results it takes; the last gives the result
 */
public record Fusion(String name, List<Port> inputs, List<Step> steps) {

  /** Copies the lists. */
  public Fusion {
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
  }

  /** Starts the signature of the operator of all: its name and its inputs. */
  public Signature.Builder signature() {
    Signature.Builder builder = Signature.named(name);
    inputs.forEach(builder::input);
    return builder;
  }

  /**
   * One of the calls within a call of all, for checks of its arguments. Only those that come from
   * outside can be asked for.
   *
   * @param step index of the call
   */
  public OperatorCall within(OperatorCall whole, int step) {
    return new StepCall(whole, this, steps.get(step));
  }

  /**
   * One call.
   *
   * @param operator what is called
   * @param arguments one for each input of its signature, in order
   */
  public record Step(Operator<?> operator, List<Source> arguments) {

    /** Copies the list. */
    public Step {
      arguments = List.copyOf(arguments);
    }

    /** Where the argument for an input of this name comes from. */
    public Source argument(String port) {
      List<Port> ports = operator.signature().inputs();
      for (int i = 0; i < ports.size(); i++) {
        if (ports.get(i).name().equals(port)) {
          return arguments.get(i);
        }
      }
      throw new IllegalArgumentException(
          operator.name() + ": there is no input `" + port + "`; it has " + ports + ".");
    }
  }

  /** Where an argument of a call comes from. */
  public sealed interface Source {

    /**
     * From outside.
     *
     * @param input index in {@link Fusion#inputs}
     */
    record Outside(int input) implements Source {}

    /**
     * From a call before.
     *
     * @param step index in {@link Fusion#steps}
     */
    record Before(int step) implements Source {}

    /** From nowhere: it is optional, and was left out. */
    record LeftOut() implements Source {}
  }
}
