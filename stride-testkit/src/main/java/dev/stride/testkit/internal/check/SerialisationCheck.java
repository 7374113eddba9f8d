package dev.stride.testkit.internal.check;

import dev.stride.api.Operator;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/**
 * An operator that is {@link Serializable} does after a round trip what it did before, bit for bit,
 * also with saved state that has made the trip, where that is serialisable too.
 */
final class SerialisationCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.SERIALISATION;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public String notApplicable(Operator<?> operator) {
    return operator.unwrap() instanceof Serializable ? "" : "the operator is not serialisable";
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Vec point = subject.point();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    Vec gradient = subject.gradient(point, cotangent);
    Operator<?> operator = subject.runner().operator().unwrap();
    try (Forwarded forwarded = subject.forward(point)) {
      Subject other = subject.of((Operator<?>) copy(operator));
      Object saved = forwarded.saved();
      Forwarded moved =
          saved instanceof Serializable ? forwarded.saving(copy(saved)) : other.forward(point);
      String problem = Bits.difference(subject.inputs(), gradient, other.adjoint(moved, cotangent));
      return problem.isEmpty()
          ? Finding.pass()
          : Finding.fail("after a round trip through its bytes, the gradient " + problem);
    } catch (IOException | ClassNotFoundException e) {
      return Finding.fail("declared serialisable, but the round trip failed: " + e);
    }
  }

  private static Object copy(Object object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
