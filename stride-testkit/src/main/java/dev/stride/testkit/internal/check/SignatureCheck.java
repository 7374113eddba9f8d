package dev.stride.testkit.internal.check;

import dev.stride.api.DataType;
import dev.stride.api.Signature;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.call.CallContext;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
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

  @Override
  public Finding run(Setting setting) {
    Signature first = setting.subject().runner().operator().signature();
    if (!first.sameInterface(setting.subject().runner().operator().signature())) {
      return Finding.fail("signature() gives another signature on every call; make it constant");
    }
    CallContext context = CallContext.plain();
    Subject subject = setting.subject().with(context);
    try (Forwarded forwarded = subject.forward(subject.point())) {
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
