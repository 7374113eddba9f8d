package dev.stride.testkit.internal.graph;

import dev.stride.api.AdjointOptions;
import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.core.Stride;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.check.Bits;
import dev.stride.testkit.internal.check.Check;
import dev.stride.testkit.internal.check.Finding;
import dev.stride.testkit.internal.check.Setting;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/**
 * The operator has a name with a namespace and no static state, and does as part of a pack, looked
 * up by its name, what it does by itself.
 */
public final class RegistrationCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.REGISTRATION;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public boolean usesEngine() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Operator<?> operator = subject.runner().operator().unwrap();
    String name = operator.signature().name();
    if (name.indexOf('.') < 1 || name.endsWith(".")) {
      return Finding.fail(
          "the name \"" + name + "\" has no namespace; call it as acme.softplus is called");
    }
    String state = staticState(operator.getClass());
    if (!state.isEmpty()) {
      return Finding.fail("the class has static state, which engines would share: " + state);
    }
    if (subject.inputs().blocks() == 0 || subject.outputs().blocks() == 0) {
      return Finding.pass();
    }
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    String problem = lookedUp(subject, operator, cotangent);
    return problem.isEmpty()
        ? Finding.pass()
        : Finding.fail("registered with a pack and looked up by its name: " + problem);
  }

  private static String staticState(Class<?> type) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Field field : at.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers) && !field.isSynthetic()) {
          return at.getSimpleName() + "." + field.getName();
        }
      }
    }
    return "";
  }

  private static String lookedUp(Subject subject, Operator<?> operator, Vec cotangent) {
    try (Stride engine = Engines.with(subject, new Single(operator))) {
      Class<?> primary = operator.signature().outputs().getFirst().type();
      Operator<?> found = engine.operator(operator.signature().name(), primary);
      GraphCall call = GraphCall.at(engine, found, subject, subject.point());
      subject
          .runner()
          .patience()
          .await(
              engine.adjoint(call.seeded(subject.outputs(), cotangent), AdjointOptions.defaults()));
      return Bits.difference(
          subject.inputs(),
          subject.gradient(subject.point(), cotangent),
          call.gradient(subject.inputs()));
    }
  }

  /** A pack of one operator. */
  private record Single(Operator<?> operator) implements OperatorPack {

    @Override
    public String id() {
      return "testkit.single";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      registrar.operator(() -> operator);
    }
  }
}
