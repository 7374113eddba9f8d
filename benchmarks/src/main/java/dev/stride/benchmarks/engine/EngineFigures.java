package dev.stride.benchmarks.engine;

import dev.stride.core.Stride;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures all cases in turns, so that whatever else happens on the machine meets them all alike.
 */
public final class EngineFigures implements AutoCloseable {

  private static final int WARM_UP = 12;
  private static final int WEIGHINGS = 3;
  private static final int LONG_EVERY = 3;

  private final Counting counting = new Counting();
  private final Stride plain = Stride.builder().withoutDiscovery().build();
  private final Stride observed = Stride.builder().withoutDiscovery().listener(counting).build();
  private final Stride everything =
      Stride.builder().withoutDiscovery().listener(counting).captureCallSites().build();
  private final CaseFigures chain =
      new CaseFigures(EngineCases.scalarChain("scalar_chain_100k", plain, 100_000));
  private final CaseFigures longChain =
      new CaseFigures(EngineCases.scalarChain("scalar_chain_1m", plain, 1_000_000));
  private final CaseFigures shortChain =
      new CaseFigures(EngineCases.scalarChain("scalar_chain_10k", plain, 10_000));
  private final CaseFigures vectors = new CaseFigures(EngineCases.vectorChain(plain));
  private final CaseFigures wide = new CaseFigures(EngineCases.wide(plain));
  private final CaseFigures pending = new CaseFigures(EngineCases.pendingChain(plain));
  private final CaseFigures listened =
      new CaseFigures(EngineCases.scalarChain("jfr_and_listener", observed, 100_000));
  private final CaseFigures allFeatures =
      new CaseFigures(EngineCases.scalarChain("all_features", everything, 100_000));
  private final BareEvents events = new BareEvents();
  private final Branches branches = new Branches();

  /** Prepares the cases. */
  public EngineFigures() {}

  /**
   * Measures.
   *
   * @param turns how often each case is timed
   */
  public void measure(int turns) {
    warmUp();
    for (int turn = 0; turn < turns; turn++) {
      turn(turn);
    }
    for (int i = 0; i < WEIGHINGS; i++) {
      reported().forEach(CaseFigures::weigh);
    }
  }

  private void warmUp() {
    List.of(shortChain, chain, vectors, wide, pending).forEach(one -> one.warmUp(WARM_UP));
    longChain.warmUp(1);
    FlightRecording.during(() -> {
      listened.warmUp(WARM_UP);
      allFeatures.warmUp(2);
      events.warmUp(WARM_UP);
    });
    branches.warmUp(WARM_UP);
  }

  private void turn(int turn) {
    List.of(shortChain, chain, vectors, wide, pending).forEach(CaseFigures::turn);
    if (turn % LONG_EVERY == 0) {
      longChain.turn();
    }
    FlightRecording.during(() -> {
      listened.turn();
      allFeatures.turn();
      events.turn();
    });
    branches.turn();
  }

  private List<CaseFigures> reported() {
    return List.of(chain, longChain, vectors, wide, pending, listened, allFeatures);
  }

  /** Every figure by its key, and the goals. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    reported().forEach(one -> map.put(one.key(), one.toMap()));
    map.put("bare_events_ns", CaseFigures.rounded(events.nanosecondsPerOperator()));
    map.put("two_branches_speedup", CaseFigures.rounded(branches.speedup()));
    map.put("two_bare_threads_speedup", CaseFigures.rounded(branches.bareSpeedup()));
    map.put("growth_1m_over_10k", CaseFigures.rounded(growth()));
    map.put("goals", goals().toList());
    return map;
  }

  private double growth() {
    return longChain.both() / shortChain.both();
  }

  private Goals goals() {
    return new Goals()
        .atMost("scalar_chain_100k.forward_ns", 100, chain.forward())
        .atMost("scalar_chain_100k.adjoint_ns", 150, chain.adjoint())
        .atMost("scalar_chain_100k.live_bytes_per_operator", 250, chain.live())
        .atMost("jfr_and_listener over scalar_chain_100k", 120, listened.both() - chain.both())
        .atMost("vector_chain_1k.forward_ns", 700, vectors.forward())
        .atMost("vector_chain_1k.adjoint_ns", 500, vectors.adjoint())
        .atMost("vector_chain_1k.live_bytes_per_operator", 700, vectors.live())
        .atLeast("two_branches_speedup", 1.8, branches.speedup())
        .atMost("growth_1m_over_10k", 2, growth());
  }

  @Override
  public void close() {
    branches.close();
    plain.close();
    observed.close();
    everything.close();
  }
}
