package dev.stride.testkit.internal.check;

import dev.stride.api.Parallel;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.BoundArguments;
import dev.stride.testkit.internal.call.CallContext;
import dev.stride.testkit.internal.call.ContractViolation;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.call.NeverCompleted;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Whatever cannot be read, or a chunk that fails, fails the call with that as its cause; a call
 * after it gives what it gave before.
 */
final class ErrorsCheck implements Check {

  @Override
  public Rule rule() {
    return Rule.ERRORS;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Vec point = subject.point();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    Vec value = subject.value(point);
    Vec gradient = subject.gradient(point, cotangent);
    Set<String> ports = new LinkedHashSet<>();
    subject.arguments().leaves().keySet().forEach(path -> ports.add(BoundArguments.port(path)));
    subject.arguments().signature().outputs().forEach(port -> ports.add(port.name()));
    for (String port : ports) {
      String problem = problem(subject, point, cotangent, new Fault(port));
      if (!problem.isEmpty()) {
        return Finding.fail(problem);
      }
    }
    String problem = problem(subject, point, cotangent, new Fault(""));
    if (!problem.isEmpty()) {
      return Finding.fail(problem);
    }
    String output = Bits.difference(subject.outputs(), value, subject.value(point));
    String after =
        output.isEmpty()
            ? Bits.difference(subject.inputs(), gradient, subject.gradient(point, cotangent))
            : output;
    return after.isEmpty()
        ? Finding.pass().figure("faults", ports.size() + 1)
        : Finding.fail("after calls that failed, a right call gives something else: " + after);
  }

  private static String problem(Subject subject, Vec point, Vec cotangent, Fault fault) {
    String forward = outcome("forward", fault, () -> faulty(subject, fault).forward(point).close());
    if (!forward.isEmpty()) {
      return forward;
    }
    try (Forwarded forwarded = subject.forward(point)) {
      return outcome("adjoint", fault, () -> faulty(subject, fault).adjoint(forwarded, cotangent));
    }
  }

  private static Subject faulty(Subject subject, Fault fault) {
    return subject.quietly(fault.in(subject.context()));
  }

  private static String outcome(String phase, Fault fault, Runnable call) {
    fault.thrown.set(false);
    try {
      call.run();
    } catch (NeverCompleted e) {
      throw e;
    } catch (ContractViolation e) {
      return !fault.thrown.get() || isCausedByFault(e)
          ? ""
          : phase + " failed without the cause of its failure, which is that " + fault + ": " + e;
    }
    return fault.thrown.get()
        ? phase + " completed although " + fault + "; let failures out, never replace a result"
        : "";
  }

  private static boolean isCausedByFault(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof Planted) {
        return true;
      }
    }
    return false;
  }

  /** The failure that the kit plants. */
  private static final class Planted extends IllegalStateException {

    private static final long serialVersionUID = 1;

    Planted(String message) {
      super(message);
    }
  }

  /** What fails: the value of a port, or, without a name, every chunk. */
  private record Fault(String port, AtomicBoolean thrown) {

    Fault(String port) {
      this(port, new AtomicBoolean());
    }

    CallContext in(CallContext context) {
      if (port.isEmpty()) {
        return context.with(new FailingParallel(this));
      }
      return context.with((path, value) -> {
        if (BoundArguments.port(path).equals(port)) {
          throw failure();
        }
        return context.delivery().deliver(path, value);
      });
    }

    Planted failure() {
      thrown.set(true);
      return new Planted("planted by the testkit: " + this);
    }

    @Override
    public String toString() {
      return port.isEmpty() ? "a chunk failed" : "`" + port + "` could not be read";
    }
  }

  private record FailingParallel(Fault fault) implements Parallel {

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int chunks, IntConsumer chunk) {
      if (chunks > 0) {
        throw fault.failure();
      }
    }
  }
}
