package dev.stride.core.packs;

import dev.stride.api.spi.Availability;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.PackContext;
import java.util.function.Consumer;
import java.util.function.Function;

/** A pack made of functions, which counts how often it is closed. */
public final class LambdaPack implements OperatorPack {

  private final String id;
  private final Function<PackContext, Availability> availability;
  private final Consumer<OperatorRegistrar> registration;
  private int closed;

  private LambdaPack(
      String id,
      Function<PackContext, Availability> availability,
      Consumer<OperatorRegistrar> registration) {
    this.id = id;
    this.availability = availability;
    this.registration = registration;
  }

  /** An available pack. */
  public static LambdaPack of(String id, Consumer<OperatorRegistrar> registration) {
    return new LambdaPack(id, context -> Availability.available(), registration);
  }

  /** An available pack of one operator for the CPU. */
  public static LambdaPack with(String id, String operator) {
    return of(id, registrar -> registrar.operator(() -> new Identity(operator)));
  }

  /** A pack that looks at its context and registers nothing. */
  public static LambdaPack probing(String id, Function<PackContext, Availability> availability) {
    return new LambdaPack(id, availability, registrar -> {});
  }

  /** A pack that cannot be used. */
  public static LambdaPack unavailable(String id, String reason, String remedy) {
    return probing(id, context -> Availability.unavailable(reason, remedy));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String version() {
    return "1.2";
  }

  @Override
  public Availability availability(PackContext context) {
    return availability.apply(context);
  }

  @Override
  public void register(OperatorRegistrar registrar) {
    registration.accept(registrar);
  }

  @Override
  public void close() {
    closed++;
  }

  /** How often it was closed. */
  public int closed() {
    return closed;
  }
}
