package dev.stride.core.internal.discovery;

import dev.stride.api.Operator;
import dev.stride.api.spi.Availability;
import dev.stride.api.spi.OperatorPack;
import dev.stride.core.Discovery;
import dev.stride.core.Discovery.Available;
import dev.stride.core.Discovery.Broken;
import dev.stride.core.Discovery.Entry;
import dev.stride.core.Discovery.Status;
import dev.stride.core.Discovery.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Loads one pack. Whatever the pack throws makes it broken and goes no further. */
final class PackLoading {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private final Candidate candidate;
  private final DiscoverySettings settings;
  private final Executor executor;
  private final Injection.Factory injections;

  private @Nullable OperatorPack pack;
  private String id;
  private String version = "unknown";
  private String phase = "loading it";

  private PackLoading(
      Candidate candidate,
      DiscoverySettings settings,
      Executor executor,
      Injection.Factory injections) {
    this.candidate = candidate;
    this.settings = settings;
    this.executor = executor;
    this.injections = injections;
    this.id = candidate.type();
  }

  static LoadedPack load(
      Candidate candidate,
      DiscoverySettings settings,
      Executor executor,
      Injection.Factory injections) {
    return new PackLoading(candidate, settings, executor, injections).load();
  }

  private LoadedPack load() {
    try {
      return loaded();
    } catch (Throwable failure) { // errors too: a pack for another API throws LinkageErrors
      return broken(failure);
    }
  }

  private LoadedPack loaded() {
    OperatorPack loaded = required(candidate.constructor().get(), "its provider returned null");
    pack = loaded;
    phase = "id()";
    id = checkedId(loaded.id());
    phase = "version()";
    version = required(loaded.version(), "version() returned null");
    phase = "availability()";
    LoadedContext context = LoadedContext.of(id, settings, executor);
    Availability availability = loaded.availability(context);
    return switch (required(availability, "availability() returned null")) {
      case Availability.Available() -> registered(loaded, context);
      case Availability.Unavailable(String reason, String remedy) ->
          LoadedPack.without(candidate.type(), loaded, report(new Unavailable(reason, remedy)));
    };
  }

  private LoadedPack registered(OperatorPack loaded, LoadedContext context) {
    phase = "register()";
    PackRegistrar registrar = new PackRegistrar(id, injections::check);
    try {
      loaded.register(registrar);
    } finally {
      registrar.close();
    }
    phase = "starting injection";
    Supplier<Injection> injection = injection(registrar, context);
    List<Entry> operators = new ArrayList<>();
    for (PackRegistrar.Pending pending : registrar.operators()) {
      phase = pending.label();
      operators.add(entry(pending, pending.make(injection)));
    }
    return new LoadedPack(
        candidate.type(),
        loaded,
        report(new Available()),
        List.copyOf(operators),
        List.copyOf(registrar.spaces()),
        List.copyOf(registrar.devices()));
  }

  /** Starts injection now if the pack has modules, else when the first operator asks for it. */
  private Supplier<Injection> injection(PackRegistrar registrar, LoadedContext context) {
    if (registrar.modules().isEmpty()) {
      return new Once<>(() -> injections.create(context, List.of()));
    }
    Injection started = injections.create(context, registrar.modules());
    return () -> started;
  }

  private Entry entry(PackRegistrar.Pending pending, @Nullable Operator<?> made) {
    Operator<?> operator = required(made, phase + " returned null");
    var signature = required(operator.signature(), operator.getClass() + " has no signature");
    return new Entry(
        signature.name(),
        signature,
        id,
        version,
        pending.device(),
        pending.priority(),
        operator,
        pending.samples());
  }

  private LoadedPack broken(Throwable failure) {
    if (Failures.unwrapped(failure) instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (pack != null) {
      LoadedPack.close(id, pack);
    }
    return LoadedPack.without(
        candidate.type(), null, report(new Broken(reason(failure), Failures.unwrapped(failure))));
  }

  private String reason(Throwable failure) {
    return failure instanceof PackException
        ? String.valueOf(failure.getMessage())
        : phase + " threw " + Failures.text(failure);
  }

  private Discovery.Pack report(Status status) {
    String location = candidate.location();
    return new Discovery.Pack(id, version, location, status, Certificates.of(id, location));
  }

  private static String checkedId(@Nullable String id) {
    if (id == null || !ID.matcher(id).matches()) {
      throw new PackException(
          "id() returned "
              + (id == null ? "null" : "\"" + id + "\"")
              + "; expected words of letters, digits, '_' and '-' with dots between, such as"
              + " \"acme.filters\"");
    }
    return id;
  }

  private static <T> T required(@Nullable T value, String otherwise) {
    if (value == null) {
      throw new PackException(otherwise);
    }
    return value;
  }

  /** Makes a value when it is asked for first. For one thread. */
  private static final class Once<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private @Nullable T value;

    private Once(Supplier<T> maker) {
      this.maker = maker;
    }

    @Override
    public T get() {
      T made = value == null ? maker.get() : value;
      value = made;
      return made;
    }
  }
}
