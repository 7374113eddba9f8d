package dev.stride.testkit.internal.call;

import dev.stride.api.TangentCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tangent call made by the kit. */
final class KitTangentCall extends KitCall implements TangentCall {

  private final Map<String, Object> directions;
  private final ValueKinds kinds;

  KitTangentCall(
      BoundArguments arguments,
      CallContext context,
      Map<String, Object> directions,
      ValueKinds kinds) {
    super(arguments, context, path -> false);
    this.directions = directions;
    this.kinds = kinds;
  }

  @Override
  public <T> T direction(String path, Class<T> type) {
    Object given = directions.get(path);
    return delivered(path, given == null ? zero(path) : given, type);
  }

  private Object zero(String path) {
    @Nullable Object argument = arguments.at(path);
    if (argument == null) {
      throw new IllegalArgumentException(
          signature().name() + ": there is no argument `" + path + "` to have a direction");
    }
    return kinds.of(argument).zero(argument);
  }

  @Override
  public boolean isZero(String path) {
    return directions.keySet().stream()
        .noneMatch(given -> given.equals(path) || BoundArguments.port(given).equals(path));
  }
}
