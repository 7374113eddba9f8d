package dev.stride.core.internal.engine;

import dev.stride.api.RunStatistics;
import dev.stride.core.internal.async.Pending;
import dev.stride.core.internal.engine.Publisher.Contribution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of many items add up to, in the order of the items whatever the order in which they
 * end: what ends before an earlier item is kept until that has ended too.
 */
final class ItemTotals<T> {

  private final RunTotals totals;
  private final Map<Integer, Ended<T>> early = new HashMap<>();
  private final List<T> losses = new ArrayList<>();

  ItemTotals(RunTotals totals) {
    this.totals = totals;
  }

  /** Takes what the run of an item gave. */
  synchronized void add(int item, List<Contribution> contributions, T loss) {
    early.put(item, new Ended<>(contributions, loss));
    for (Ended<T> next = takeNext(); next != null; next = takeNext()) {
      totals.add(next.contributions);
      losses.add(next.loss);
    }
  }

  private @Nullable Ended<T> takeNext() {
    return early.remove(losses.size());
  }

  /** Number of items that have been added: all before it have. */
  synchronized int added() {
    return losses.size();
  }

  /** Adds the statistics of a run that has ended. */
  void ended(RunStatistics run) {
    totals.ended(run);
  }

  RunStatistics statistics() {
    return totals.statistics();
  }

  /** Puts the totals into the leaves, then gives the losses in the order of the items. */
  void publish(Listeners listeners, long run, Pending<List<T>> result) {
    totals
        .publish()
        .then(
            result,
            done -> {
              totals.published(listeners, run);
              return losses();
            });
  }

  /** Nothing is published. */
  synchronized void letGo(Publisher publisher) {
    early.values().forEach(ended -> publisher.letGo(ended.contributions));
    totals.letGo();
  }

  private synchronized List<T> losses() {
    return List.copyOf(losses);
  }

  private record Ended<T>(List<Contribution> contributions, T loss) {}
}
