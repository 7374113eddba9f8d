package dev.stride.core.internal.engine;

import dev.stride.api.Device;
import dev.stride.api.Fusion;
import dev.stride.api.Fusion.Source;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.core.internal.engine.Callee.Choice;
import dev.stride.core.internal.engine.EngineVariable.Captured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call that is put off and those that it takes results of, in the order in which they can be
 * made, with what goes in from outside.
 */
final class FusedChain {

  private final List<FusedVariable<?>> calls = new ArrayList<>();
  private final List<List<Source>> arguments = new ArrayList<>();
  private final List<Object> outside = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final Map<FusedVariable<?>, Integer> places = new IdentityHashMap<>();

  private FusedChain() {}

  /** The chain that ends with a call; null if it has been made. */
  static @Nullable FusedChain endingWith(FusedVariable<?> last) {
    @Nullable Object @Nullable [] given = last.arguments();
    if (given == null) {
      return null;
    }
    FusedChain chain = new FusedChain();
    chain.add(last, given);
    chain.declare();
    return chain;
  }

  /** Chains are short, see {@link JoinedOperators}, and so is this recursion. */
  private int add(FusedVariable<?> call, @Nullable Object[] given) {
    List<Source> sources = new ArrayList<>();
    List<Port> inputs = call.callee().plan().signature().inputs();
    for (int i = 0; i < given.length; i++) {
      Object argument = given[i];
      sources.add(argument == null ? new Source.LeftOut() : source(argument, inputs.get(i)));
    }
    calls.add(call);
    arguments.add(sources);
    places.put(call, calls.size() - 1);
    return calls.size() - 1;
  }

  private Source source(Object argument, Port port) {
    if (argument instanceof FusedVariable<?> before) {
      Integer known = places.get(before);
      if (known != null) {
        return new Source.Before(known);
      }
      @Nullable Object @Nullable [] given = before.arguments();
      return given == null
          ? new Source.Outside(outside(before.capture(), port))
          : new Source.Before(add(before, given));
    }
    return new Source.Outside(outside(argument, port));
  }

  private int outside(Object argument, Port port) {
    for (int i = 0; i < outside.size(); i++) {
      if (isSame(outside.get(i), argument) && ports.get(i).type() == port.type()) {
        return i;
      }
    }
    outside.add(argument);
    ports.add(port);
    return outside.size() - 1;
  }

  private static boolean isSame(Object one, Object other) {
    return one instanceof Captured<?> a
        && other instanceof Captured<?> b
        && a.pending() == b.pending()
        && a.node() == b.node()
        && a.output() == b.output();
  }

  /** Names what goes in, and finds what gradients go through. */
  private void declare() {
    Set<Integer> reached = reached();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      String name = port.name();
      for (int number = 2; !taken.add(name); number++) {
        name = port.name() + "_" + number;
      }
      ports.set(i, new Port(name, port.type(), Port.Arity.REQUIRED, reached.contains(i)));
    }
  }

  private Set<Integer> reached() {
    Set<Integer> inputs = new HashSet<>();
    boolean[] live = new boolean[calls.size()];
    live[calls.size() - 1] = true;
    for (int step = calls.size() - 1; step >= 0; step--) {
      List<Port> signature = calls.get(step).callee().plan().signature().inputs();
      for (int i = 0; live[step] && i < signature.size(); i++) {
        if (signature.get(i).differentiable()) {
          switch (arguments.get(step).get(i)) {
            case Source.Before(int before) -> live[before] = true;
            case Source.Outside(int input) -> inputs.add(input);
            case Source.LeftOut leftOut -> {}
          }
        }
      }
    }
    return inputs;
  }

  int size() {
    return calls.size();
  }

  FusedVariable<?> last() {
    return calls.getLast();
  }

  /** What goes in, in the order of the inputs of the operator of all. */
  List<Object> outside() {
    return Collections.unmodifiableList(outside);
  }

  /** What the only call takes, one for each input. */
  @Nullable Object[] given() {
    return arguments.getFirst().stream()
        .map(source -> source instanceof Source.Outside(int input) ? outside.get(input) : null)
        .toArray();
  }

  /** What two chains have in common that can be computed by one operator. */
  List<Object> form() {
    List<Object> form = new ArrayList<>();
    for (int step = 0; step < calls.size(); step++) {
      form.add(calls.get(step).callee().plan().worker());
      form.add(arguments.get(step));
    }
    return form;
  }

  /** Devices that all calls have an implementation for; null if not all have the same. */
  @Nullable List<Device> devices() {
    List<Device> devices = devices(last());
    return calls.stream().allMatch(call -> devices(call).equals(devices)) ? devices : null;
  }

  private static List<Device> devices(FusedVariable<?> call) {
    return call.callee().choices().stream().map(Choice::device).toList();
  }

  /** The calls, done by the operators that are usually called. */
  Fusion fusion() {
    return fusion(call -> call.callee().plan().worker());
  }

  /** The calls, done by the operators of a device. */
  Fusion fusion(Device device) {
    return fusion(call ->
        call.callee().choices().stream()
            .filter(choice -> choice.device().equals(device))
            .findFirst()
            .orElseThrow()
            .plan()
            .worker());
  }

  private Fusion fusion(Function<FusedVariable<?>, Operator<?>> worker) {
    List<Fusion.Step> steps = new ArrayList<>();
    for (int step = 0; step < calls.size(); step++) {
      steps.add(new Fusion.Step(worker.apply(calls.get(step)), arguments.get(step)));
    }
    return new Fusion(name(), ports, steps);
  }

  /** The names of all, in the namespace of the last. */
  private String name() {
    String last = signatureName(last());
    String namespace = last.substring(0, last.lastIndexOf('.') + 1);
    return calls.stream()
        .map(FusedChain::signatureName)
        .map(name -> name.startsWith(namespace) ? name.substring(namespace.length()) : name)
        .collect(Collectors.joining("+", namespace, ""));
  }

  private static String signatureName(FusedVariable<?> call) {
    return call.callee().plan().signature().name();
  }
}
