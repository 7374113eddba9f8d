package dev.stride.core.internal.discovery;

import dev.stride.api.Device;
import dev.stride.api.spi.OperatorPack;
import dev.stride.core.Discovery;
import dev.stride.core.Discovery.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds packs, loads them, and checks that they go together. */
public final class PackSearch {

  private static final Logger LOG = LoggerFactory.getLogger(PackSearch.class);

  private final DiscoverySettings settings;
  private final Injection.Factory injections;

  /** A search that has not begun. */
  public PackSearch(DiscoverySettings settings, Injection.Factory injections) {
    this.settings = settings;
    this.injections = injections;
  }

  /**
   * Does all of it, on this thread. If it throws, every pack that was loaded is closed.
   *
   * @param executor the engine's, for the packs
   * @throws dev.stride.api.StrideException that names every problem
   */
  public Catalogue run(Executor executor) {
    List<LoadedPack> packs = withKnownDevices(load(executor));
    Problems problems = new Problems();
    PackRules.check(packs, problems);
    Catalogue catalogue = new Catalogue(packs);
    checkRequired(catalogue.discovery(), problems);
    checkCertified(packs, problems);
    if (!problems.isEmpty()) {
      catalogue.close();
      throw problems.exception();
    }
    packs.forEach(pack -> pack.log(LOG));
    warnOfUnusedSettings(packs);
    return catalogue;
  }

  private List<LoadedPack> load(Executor executor) {
    Stream<Candidate> given = settings.packs().stream().map(Candidate::given);
    Stream<Candidate> found =
        settings.services()
            ? ProviderSearch.search(settings.classLoader(), settings.packs()).stream()
            : Stream.empty();
    return Stream.concat(given, found)
        .map(candidate -> PackLoading.load(candidate, settings, executor, injections))
        .toList();
  }

  /** Rejects packs with operators for a device that nobody brings, until none is left. */
  private static List<LoadedPack> withKnownDevices(List<LoadedPack> packs) {
    Set<Device> devices = new HashSet<>(Set.of(Device.CPU));
    packs.forEach(pack -> devices.addAll(pack.devices()));
    List<LoadedPack> checked = new ArrayList<>();
    for (LoadedPack pack : packs) {
      Optional<Entry> stranded =
          pack.operators().stream().filter(e -> !devices.contains(e.device())).findFirst();
      checked.add(stranded.map(entry -> pack.rejected(unknownDevice(entry))).orElse(pack));
    }
    return checked.equals(packs) ? packs : withKnownDevices(checked);
  }

  private static PackException unknownDevice(Entry entry) {
    return new PackException(
        "operator %s is for device %s, which no pack brings; call registrar.device(..) for it"
            .formatted(entry.name(), entry.device()));
  }

  private void checkRequired(Discovery discovery, Problems problems) {
    for (String id : settings.required()) {
      Optional<Discovery.Pack> pack = discovery.pack(id);
      if (pack.isEmpty()) {
        problems.add("RequiredPack", notFound(id, discovery));
      } else if (!pack.get().isAvailable()) {
        problems.add(
            "RequiredPack",
            "Pack \"%s\" is required but %s. It is in %s."
                .formatted(id, pack.get().status(), pack.get().location()));
      }
    }
  }

  private static String notFound(String id, Discovery discovery) {
    List<String> ids = discovery.packs().stream().map(Discovery.Pack::id).toList();
    String found = ids.isEmpty() ? "No pack was found." : "Found: " + String.join(", ", ids) + ".";
    return ("Pack \"%s\" is required but was not found. %s%s Add its jar to the class path or"
            + " module path.")
        .formatted(id, found, Suggestions.sentence(id, ids));
  }

  private void checkCertified(List<LoadedPack> packs, Problems problems) {
    if (settings.certifiedOnly()) {
      packs.stream()
          .filter(pack -> pack.report().isAvailable() && needsCertificate(pack))
          .filter(pack -> !(pack.report().certification() instanceof Discovery.Certified))
          .forEach(pack -> problems.add("NotCertified", notCertified(pack.report())));
    }
  }

  private boolean needsCertificate(LoadedPack pack) {
    OperatorPack instance = pack.instance();
    return instance != null
        && !PackRules.isOwn(instance.getClass())
        && settings.packs().stream().noneMatch(given -> given == instance);
  }

  private static String notCertified(Discovery.Pack pack) {
    return ("Pack \"%s\" from %s is refused: %s, and this engine takes certified packs only. Run"
            + " `./stride check %s --certify`, or build the engine without requireCertified().")
        .formatted(pack.id(), pack.location(), pack.certification(), pack.location());
  }

  private void warnOfUnusedSettings(List<LoadedPack> packs) {
    for (String key : settings.configuration().keySet()) {
      if (packs.stream().noneMatch(pack -> key.startsWith(pack.id() + "."))) {
        LOG.warn("Setting {} is for no pack that was found", key);
      }
    }
  }
}
