package dev.stride.core.internal.discovery;

import dev.stride.api.Device;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.Discovery;
import dev.stride.core.Discovery.Broken;
import dev.stride.core.Discovery.Entry;
import dev.stride.core.Discovery.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pack after loading, and what it brings. One that is not available brings nothing.
 *
 * @param type name of its class
 * @param instance the pack, to be closed; null if it is broken: then it is closed already
 * @param report for users
 */
record LoadedPack(
    String type,
    @Nullable OperatorPack instance,
    Discovery.Pack report,
    List<Entry> operators,
    List<VectorSpace<?>> spaces,
    List<Device> devices) {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedPack.class);

  static LoadedPack without(String type, @Nullable OperatorPack instance, Discovery.Pack report) {
    return new LoadedPack(type, instance, report, List.of(), List.of(), List.of());
  }

  String id() {
    return report.id();
  }

  /** As messages print it. */
  String origin() {
    return type + " in " + report.location();
  }

  /** Closes this pack and drops what it brought. */
  LoadedPack rejected(PackException reason) {
    close();
    return without(type, null, withStatus(new Broken(String.valueOf(reason.getMessage()), reason)));
  }

  private Discovery.Pack withStatus(Status status) {
    return new Discovery.Pack(
        report.id(), report.version(), report.location(), status, report.certification());
  }

  void close() {
    if (instance != null) {
      close(id(), instance);
    }
  }

  static void close(String id, OperatorPack pack) {
    try {
      pack.close();
    } catch (Throwable failure) { // the other packs must be closed too
      LOG.warn("Pack {} failed to close", id, failure);
    }
  }

  /** One line: what became of this pack. Quiet unless it is broken. */
  void log(Logger log) {
    switch (report.status()) {
      case Discovery.Available _ ->
          log.debug(
              "Pack {} {} from {}: {} operators",
              id(),
              report.version(),
              report.location(),
              operators.size());
      case Discovery.Unavailable unavailable ->
          log.info(
              "Pack {} {} from {}: {}", id(), report.version(), report.location(), unavailable);
      case Broken broken ->
          log.warn(
              "Pack {} {} from {}: {}",
              id(),
              report.version(),
              report.location(),
              broken,
              broken.cause());
    }
  }
}
