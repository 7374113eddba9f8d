package dev.stride.core.internal.engine;

import dev.stride.api.CancellationToken;
import dev.stride.api.ForwardCall;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.Layout;
import org.jspecify.annotations.Nullable;

/** What the forward of a call may look at: its arguments, and whether it is recorded. */
abstract class ForwardView extends PlacedCall implements ForwardCall {

  final CallSettings settings;
  final @Nullable CallNode node;

  /** Plain by place, or pending until all of them are there. */
  final @Nullable Object[] values;

  ForwardView(
      EngineCore engine,
      Layout layout,
      CallSettings settings,
      @Nullable Object[] values,
      @Nullable CallNode node) {
    super(engine, layout);
    this.settings = settings;
    this.values = values;
    this.node = node;
  }

  @Override
  final @Nullable Object valueAt(int place) {
    return values[place];
  }

  @Override
  final boolean needsGradAt(int place) {
    return node != null && node.next(place) != null;
  }

  @Override
  public final boolean records() {
    return node != null;
  }

  @Override
  public final CancellationToken cancellation() {
    return settings.cancellation();
  }
}
