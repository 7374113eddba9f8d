package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.Operator;
import dev.stride.api.Port;
import dev.stride.api.Signature;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.call.CallContext;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Outputs match their ports (read when forward returns), and every argument is asked for. */
final class SignatureCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.SIGNATURE;
  }

  @Override
  public boolean runsIn(DataType type) {
    return type == DataType.FLOAT64;
  }

  private static String wrongOutputCount(Subject subject, Forwarded forwarded) {
    Operator<?> operator = subject.runner().operator();
    if (operator.signature().outputs().getLast().arity() != Port.Arity.VARIADIC) {
      return "";
    }
    int said = operator.outputCount(subject.arguments().toArguments(Map.of()));
    int made = forwarded.outputs().size();
    return said == made ? "" : "outputCount says " + said + ", but forward returned " + made;
  }

  @Override
  public Finding run(Setting setting) {
    Signature first = setting.subject().runner().operator().signature();
    if (!first.sameInterface(setting.subject().runner().operator().signature())) {
      return Finding.fail("signature() gives another signature on every call; make it constant");
    }
    CallContext context = setting.subject().context().reading();
    Subject subject = setting.subject().with(context);
    try (Forwarded forwarded = subject.forward(subject.point())) {
      String count = wrongOutputCount(subject, forwarded);
      if (!count.isEmpty()) {
        return Finding.fail(count);
      }
      Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
      subject.adjoint(forwarded, subject.outputs().values(cotangent), path -> true);
    }
    Set<String> unread = new TreeSet<>();
    for (String path : subject.arguments().leaves().keySet()) {
      if (!context.read().contains(BoundArguments.port(path))) {
        unread.add(BoundArguments.port(path));
      }
    }
    return unread.isEmpty()
        ? Finding.pass()
        : Finding.fail(
            "neither forward nor adjoint reads "
                + unread
                + ", which the signature declares. Remove it or use it.");
  }
}
