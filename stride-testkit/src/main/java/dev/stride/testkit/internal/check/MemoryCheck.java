package dev.stride.testkit.internal.check;

import dev.stride.api.Saved;
import dev.stride.api.Tensor;
import dev.stride.testkit.Rule;
import dev.stride.testkit.internal.call.Forwarded;
import dev.stride.testkit.internal.check.Declared.Resource;
import dev.stride.testkit.internal.numeric.Subject;
import dev.stride.testkit.internal.numeric.Vec;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Saved state tells its size, and of many calls nothing is left: no value, no saved state, no
 * thread, no counted resource.
 */
final class MemoryCheck implements Check {

  private static final int CALLS = 50;
  private static final int COLLECTIONS = 20;
  private static final long SLACK = 1024;

  @Override
  public Rule rule() {
    return Rule.MEMORY;
  }

  @Override
  public boolean isOncePerOperator() {
    return true;
  }

  @Override
  public Finding run(Setting setting) {
    Subject subject = setting.subject();
    Vec cotangent = subject.outputs().gaussian(setting.random(rule()));
    String size = size(subject);
    if (!size.isEmpty()) {
      return Finding.fail(size);
    }
    Traces traces = new Traces();
    long[] before = live(setting);
    Threads threads = new Threads();
    RuntimeException[] failure = new RuntimeException[1];
    threads.run(() -> {
      try {
        calls(subject, cotangent, traces);
      } catch (RuntimeException e) {
        failure[0] = e;
      }
    });
    if (failure[0] != null) {
      throw failure[0];
    }
    long left = traces.left();
    if (left > 0) {
      return Finding.fail(
          left
              + " of the values of "
              + traces.calls()
              + " calls can still be reached after all was released. Keep nothing between calls.");
    }
    String resource = leaked(setting, before);
    return resource.isEmpty() ? threads.finding() : Finding.fail(resource);
  }

  /** What is wrong with the size that saved state gives; empty if nothing. */
  private static String size(Subject subject) {
    try (Forwarded forwarded = subject.forward(subject.point())) {
      if (!(forwarded.saved() instanceof Saved saved)) {
        return "";
      }
      List<Object> others = new ArrayList<>(forwarded.arguments().leaves().values());
      others.addAll(forwarded.outputs().values());
      Set<Object> shared = Reach.everything(others).arrays();
      shared.addAll(Reach.everything(List.of(subject.runner().operator().unwrap())).arrays());
      Reach kept = Reach.everything(List.of(saved));
      long own = kept.bytesWithout(shared);
      long all = kept.bytesWithout(Set.of());
      long said = saved.bytes();
      boolean right =
          !kept.closed().isEmpty()
              || (said >= own - own / 100 - SLACK && said <= all + all / 100 + SLACK);
      return right
          ? ""
          : "saved state says that it keeps "
              + said
              + " bytes, but its arrays take "
              + own
              + " (with those of arguments and outputs "
              + all
              + ")";
    }
  }

  private static void calls(Subject subject, Vec cotangent, Traces traces) {
    for (int i = 0; i < CALLS; i++) {
      try (Forwarded forwarded = subject.forward(subject.point())) {
        Map<String, Object> cotangents = subject.outputs().values(cotangent);
        traces.call(forwarded, cotangents, subject.adjoint(forwarded, cotangents, path -> true));
      }
    }
  }

  private static long[] live(Setting setting) {
    return setting.declared().resources().stream().mapToLong(r -> r.live().getAsLong()).toArray();
  }

  private static String leaked(Setting setting, long[] before) {
    long[] after = live(setting);
    for (int i = 0; i < after.length; i++) {
      Resource resource = setting.declared().resources().get(i);
      if (after[i] > before[i]) {
        return resource.name()
            + ": "
            + before[i]
            + " alive before the calls, "
            + after[i]
            + " after";
      }
    }
    return "";
  }

  /** Weak references to what calls were given, returned and saved. */
  private static final class Traces {

    private final List<WeakReference<Object>> values = new ArrayList<>();
    private int calls;

    void call(Forwarded forwarded, Map<String, Object> cotangents, Map<String, Object> gradients) {
      calls++;
      Set<Object> once = Collections.newSetFromMap(new IdentityHashMap<>());
      once.addAll(forwarded.arguments().differentiable().values());
      once.addAll(cotangents.values());
      once.addAll(forwarded.outputs().values());
      once.addAll(gradients.values());
      if (forwarded.saved() != null) {
        once.add(forwarded.saved());
      }
      for (Object value : once) {
        if (value instanceof Tensor || value == forwarded.saved()) {
          values.add(new WeakReference<>(value));
        }
      }
    }

    int calls() {
      return calls;
    }

    /** Values still reachable; those that every call shares, such as constants, do not count. */
    long left() {
      long left = alive().size();
      for (int i = 0; i < COLLECTIONS && left > 0; i++) {
        System.gc();
        left = distinct(alive());
      }
      return left;
    }

    private List<Object> alive() {
      List<Object> alive = new ArrayList<>();
      for (WeakReference<Object> value : values) {
        Object object = value.get();
        if (object != null) {
          alive.add(object);
        }
      }
      return alive;
    }

    private long distinct(List<Object> alive) {
      Map<Object, Integer> times = new IdentityHashMap<>();
      alive.forEach(object -> times.merge(object, 1, Integer::sum));
      return times.values().stream().filter(n -> n < CALLS).count();
    }
  }

  /** Runs code on a thread of a group of its own, which the threads it starts belong to. */
  private static final class Threads {

    private final ThreadGroup group = new ThreadGroup("stride-testkit-memory");

    void run(Runnable code) {
      Thread thread = new Thread(group, code, "stride-testkit-memory");
      thread.start();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while calls were running", e);
      }
    }

    Finding finding() {
      int started = group.activeCount();
      return started < CALLS
          ? Finding.pass().figure("calls", CALLS).figure("threads left", started)
          : Finding.fail(
              started + " threads of " + CALLS + " calls are still alive. Use call.executor().");
    }
  }
}
