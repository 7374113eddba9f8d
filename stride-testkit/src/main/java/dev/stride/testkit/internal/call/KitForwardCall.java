package dev.stride.testkit.internal.call;

import dev.stride.api.ForwardCall;
import java.util.function.Predicate;

/** A forward call made by the kit. */
final class KitForwardCall extends KitCall implements ForwardCall {

  private final boolean records;

  KitForwardCall(
      BoundArguments arguments, CallContext context, Predicate<String> needs, boolean records) {
    super(arguments, context, needs);
    this.records = records;
  }

  @Override
  public boolean records() {
    return records;
  }
}
