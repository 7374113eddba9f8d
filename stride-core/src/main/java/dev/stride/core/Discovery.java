package dev.stride.core;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.Signature;
import dev.stride.api.spi.Sample;
import dev.stride.api.spi.VectorSpace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was found when an engine was made: every pack, usable or not, and every operator. Immutable.
 *
 * @param packs sorted by id, an available one before a broken one of the same id
 * @param operators of the available packs, sorted by name, then device, then falling priority; an
 *     implementation that another of higher priority hides is listed too
 * @param spaces vector spaces that the available packs have registered, in the order of the packs
 */
public record Discovery(List<Pack> packs, List<Entry> operators, List<VectorSpace<?>> spaces) {

  /** Copies the lists. */
  public Discovery {
    packs = List.copyOf(packs);
    operators = List.copyOf(operators);
    spaces = List.copyOf(spaces);
  }

  /** The pack of this id, if it was found; the available one if a broken one has the id too. */
  public Optional<Pack> pack(String id) {
    return packs.stream().filter(pack -> pack.id().equals(id)).findFirst();
  }

  /** Implementations of an operator, by its full name. */
  public List<Entry> operators(String name) {
    return operators.stream().filter(entry -> entry.name().equals(name)).toList();
  }

  /**
   * One pack.
   *
   * @param id as the pack gives it; its class name where it failed before it could
   * @param version as the pack gives it; {@code unknown} where it does not
   * @param location file or address of the jar, folder or module that it was loaded from
   * @param status whether it is in use, and why not
   * @param certification whether the testkit proved its operators
   */
  public record Pack(
      String id, String version, String location, Status status, Certification certification) {

    /** Checks that nothing is null. */
    public Pack {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(version, "version");
      Objects.requireNonNull(location, "location");
      Objects.requireNonNull(status, "status");
      Objects.requireNonNull(certification, "certification");
    }

    /** Whether its operators are in use. */
    public boolean isAvailable() {
      return status instanceof Available;
    }
  }

  /** Whether a pack is in use. */
  public sealed interface Status {}

  /** Its operators are in use. */
  public record Available() implements Status {
    @Override
    public String toString() {
      return "available";
    }
  }

  /**
   * It says that it cannot work here.
   *
   * @param reason what is missing
   * @param remedy what the user can do about it
   */
  public record Unavailable(String reason, String remedy) implements Status {
    @Override
    public String toString() {
      return "unavailable: " + reason + (remedy.isBlank() ? "" : " (" + remedy + ")");
    }
  }

  /**
   * It failed while it was loaded; nothing of it is in use.
   *
   * @param reason what it was doing and what went wrong
   * @param cause what it threw
   */
  public record Broken(String reason, Throwable cause) implements Status {
    @Override
    public String toString() {
      return "broken: " + reason;
    }
  }

  /** Whether the testkit proved the operators of a pack; see {@link PackCertificate}. */
  public sealed interface Certification {}

  /**
   * Its jar has a certificate and is unchanged since.
   *
   * @param testkit version of the testkit that checked
   */
  public record Certified(String testkit) implements Certification {
    @Override
    public String toString() {
      return "certified by testkit " + testkit;
    }
  }

  /** It comes without a certificate. */
  public record Uncertified() implements Certification {
    @Override
    public String toString() {
      return "not certified";
    }
  }

  /**
   * Its jar has a certificate that does not hold.
   *
   * @param reason what has changed since, or what is wrong with it
   */
  public record VoidCertificate(String reason) implements Certification {
    @Override
    public String toString() {
      return "certificate void: " + reason;
    }
  }

  /**
   * One implementation of an operator.
   *
   * @param name full name
   * @param signature its ports
   * @param pack id of its pack
   * @param packVersion version of its pack
   * @param device where it computes
   * @param priority the highest of a name and device is used
   * @param operator the operator itself, not bound to an engine
   * @param samples arguments to check it with, made when asked for; empty if its pack has none
   */
  public record Entry(
      String name,
      Signature signature,
      String pack,
      String packVersion,
      Device device,
      int priority,
      Operator<?> operator,
      Supplier<List<Sample>> samples) {}
}
