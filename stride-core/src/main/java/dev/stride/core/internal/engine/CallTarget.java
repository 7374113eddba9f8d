package dev.stride.core.internal.engine;

import dev.stride.api.Arguments;
import dev.stride.api.Results;
import org.jspecify.annotations.Nullable;

/** What a bound operator calls: an engine, with the settings of the view that bound it. */
interface CallTarget {

  /** Calls with positional arguments. */
  Results call(Callee callee, @Nullable Object[] positional);

  /** Calls with any arguments. */
  Results call(Callee callee, Arguments arguments);
}
