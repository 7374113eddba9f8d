package dev.stride.core;

import dev.stride.api.StrideException;
import dev.stride.api.spi.EngineListener;
import dev.stride.api.spi.OperatorPack;
import dev.stride.core.internal.discovery.DiscoverySettings;
import dev.stride.core.internal.engine.EngineConfiguration;
import dev.stride.core.internal.wiring.Wiring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of an engine. Every setting is optional. Not safe for concurrent use; can
 * build any number of engines.
 */
public final class StrideBuilder {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final List<OperatorPack> packs = new ArrayList<>();
  private final Set<String> required = new LinkedHashSet<>();
  private final Map<String, String> configuration = new LinkedHashMap<>();
  private final List<EngineListener> listeners = new ArrayList<>();
  private @Nullable ExecutorService executor;
  private @Nullable ScheduledExecutorService timer;
  private @Nullable ClassLoader classLoader;
  private int threads = Runtime.getRuntime().availableProcessors();
  private int maximumUnfinished;
  private boolean discovery = true;
  private boolean certifiedOnly;
  private boolean callSites;
  private boolean anomalies;
  private TransferPolicy transferPolicy = TransferPolicy.EXPLICIT;
  private Duration closeTimeout = CLOSE_TIMEOUT;

  StrideBuilder() {}

  /**
   * Where operators run. The engine never shuts it down. By default the engine has a pool of its
   * own, which closes with it. What an executor rejects fails the call or run concerned.
   */
  public StrideBuilder executor(ExecutorService executor) {
    this.executor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /**
   * What keeps the deadlines of runs, and the time after which operators that ignore that their run
   * was cancelled are left behind. It needs one thread only, and a test may turn its clock by hand.
   * The engine never shuts it down. By default a daemon thread of the engine's own, which starts
   * with the first deadline.
   */
  public StrideBuilder timer(ScheduledExecutorService timer) {
    this.timer = Objects.requireNonNull(timer, "timer");
    return this;
  }

  /**
   * Upper bound on the threads that compute at once, also with an {@link #executor} of your own. By
   * default the number of processors.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public StrideBuilder threads(int threads) {
    check(threads >= 1, "threads is " + threads + "; expected at least 1");
    this.threads = threads;
    return this;
  }

  /**
   * Adds a pack, whether it is registered as a service or not. It takes the place of a discovered
   * pack of the same class. The engine closes it.
   */
  public StrideBuilder pack(OperatorPack pack) {
    packs.add(Objects.requireNonNull(pack, "pack"));
    return this;
  }

  /** Uses only the packs given with {@link #pack}. */
  public StrideBuilder withoutDiscovery() {
    this.discovery = false;
    return this;
  }

  /**
   * The class loader to search for packs, such as that of a folder of plug-ins. By default the
   * thread's context class loader. Packs in the module layer of Stride itself are found in any
   * case.
   */
  public StrideBuilder classLoader(ClassLoader classLoader) {
    this.classLoader = Objects.requireNonNull(classLoader, "classLoader");
    return this;
  }

  /** Makes it an error if this pack is missing, unavailable or broken. */
  public StrideBuilder requirePack(String id) {
    required.add(Objects.requireNonNull(id, "id"));
    return this;
  }

  /**
   * Takes packs only that the testkit has proven: a pack that is found without a valid {@linkplain
   * PackCertificate certificate} is an error. Stride's own packs, which its build proves, and those
   * given with {@link #pack} need none. Off by default.
   */
  public StrideBuilder requireCertified() {
    this.certifiedOnly = true;
    return this;
  }

  /**
   * Configures a pack.
   *
   * @param key the pack's id, a dot, and the name of the setting: {@code acme.filters.order}
   * @throws IllegalArgumentException if the key was given another value before
   */
  public StrideBuilder configure(String key, String value) {
    String previous =
        configuration.putIfAbsent(
            Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    check(
        previous == null || previous.equals(value),
        "setting \"" + key + "\" is given twice: \"" + previous + "\" and \"" + value + "\"");
    return this;
  }

  /** Adds a listener that sees everything the engine does, on the threads where it happens. */
  public StrideBuilder listener(EngineListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Captures where user code calls cheap operators too; errors then name the line. Off by default.
   */
  public StrideBuilder captureCallSites() {
    this.callSites = true;
    return this;
  }

  /**
   * Searches every output and gradient for NaN and infinities, and fails at the operator that made
   * the first. Off by default: it reads every value once more.
   */
  public StrideBuilder detectAnomalies() {
    this.anomalies = true;
    return this;
  }

  /**
   * Bound on calls that are not finished: a call beyond it waits until another ends or the engine
   * closes, whether the thread is interrupted or not, except on the engine's threads. By default 0,
   * which means no bound: calls never wait.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public StrideBuilder maximumUnfinished(int calls) {
    check(calls >= 0, "maximumUnfinished is " + calls + "; expected 0 (no bound) or more");
    this.maximumUnfinished = calls;
    return this;
  }

  /**
   * What to do when inputs are on another device than the operator. By default {@code EXPLICIT}.
   */
  public StrideBuilder transferPolicy(TransferPolicy policy) {
    this.transferPolicy = Objects.requireNonNull(policy, "policy");
    return this;
  }

  /**
   * How long {@link Stride#close}, or a run that is cancelled or fails, waits for operators that
   * ignore it. After that they are left behind and named. By default 10 seconds.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public StrideBuilder closeTimeout(Duration timeout) {
    check(!timeout.isNegative(), "closeTimeout is " + timeout + "; expected zero or more");
    this.closeTimeout = timeout;
    return this;
  }

  /**
   * Makes the engine: discovers packs and loads them, on this thread.
   *
   * @throws StrideException if the packs contradict each other or a required one is not usable; one
   *     exception names every problem
   */
  public Stride build() {
    return new Stride(Wiring.start(engineConfiguration(), discoverySettings()));
  }

  private EngineConfiguration engineConfiguration() {
    return new EngineConfiguration(
        executor,
        timer,
        threads,
        maximumUnfinished,
        callSites,
        anomalies,
        transferPolicy,
        closeTimeout,
        listeners);
  }

  private DiscoverySettings discoverySettings() {
    return new DiscoverySettings(
        classLoader == null ? contextClassLoader() : classLoader,
        discovery,
        packs,
        required,
        certifiedOnly,
        configuration);
  }

  private static ClassLoader contextClassLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? ClassLoader.getSystemClassLoader() : context;
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
