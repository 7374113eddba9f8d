package dev.stride.core.internal.engine;

import dev.stride.api.Device;
import dev.stride.api.Tensor;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.TransferPolicy;
import dev.stride.core.internal.engine.Callee.Choice;
import dev.stride.core.internal.engine.OperatorFailures.ContractException;
import dev.stride.core.internal.graph.CallNode;
import dev.stride.core.internal.graph.Layout;
import dev.stride.core.internal.graph.Notes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the implementation of a call by where its inputs are, and moves inputs if allowed. */
final class Dispatch {

  private final EngineCore engine;

  Dispatch(EngineCore engine) {
    this.engine = engine;
  }

  /**
   * The implementation to use for these values; null if there is none to choose. An error if values
   * are elsewhere and may not be moved.
   */
  @Nullable Choice choose(
      Callee callee, CallSettings settings, Layout layout, @Nullable Object[] values) {
    if (callee.choices().isEmpty() || engine.registry().devices().size() < 2) {
      return null;
    }
    Choice choice = choose(callee.choices(), settings.device(), values);
    for (int place = 0; place < values.length; place++) {
      if (isElsewhere(choice, values[place])) {
        checkAllowed(choice, layout.path(place), values[place]);
      }
    }
    return choice;
  }

  /** Whether values have to be moved before the implementation can run. */
  boolean mustMove(Choice choice, @Nullable Object[] values) {
    for (Object value : values) {
      if (isElsewhere(choice, value)) {
        return true;
      }
    }
    return false;
  }

  /** Moves values to where the implementation computes. May wait for another device. */
  void moveInputs(
      Choice choice, Layout layout, @Nullable Object[] values, @Nullable CallNode node) {
    for (int place = 0; place < values.length; place++) {
      Object value = values[place];
      if (value != null && isElsewhere(choice, value)) {
        Object moved = move(value, choice.device(), layout.path(place));
        values[place] = moved;
        note(node, place, value, moved);
      }
    }
  }

  private boolean isElsewhere(Choice choice, @Nullable Object value) {
    Device there = value == null ? null : deviceOf(value);
    return there != null && !there.equals(choice.device());
  }

  /** A gradient on the device of its input. */
  Object moveBack(RunContext run, CallNode node, int place, Object gradient) {
    Notes notes = node.notes();
    @Nullable VectorSpace<?> @Nullable [] origins = notes == null ? null : notes.origins();
    VectorSpace<?> origin = origins == null ? null : origins[place];
    if (origin == null || origin.device().equals(deviceOf(gradient))) {
      return gradient;
    }
    Object moved = origin.transfer(gradient);
    if (moved == null) {
      throw cannotMove(node.layout().path(place), gradient, origin.device());
    }
    run.meter().transfer(engine.values().bytes(moved));
    return moved;
  }

  /** Whether the only input of a call is on a device, or everywhere as a plain number is. */
  boolean isOn(Device device, OngoingCall call) {
    Device there = deviceOf(call.value(call.layout.path(0), Object.class));
    return there == null || there.equals(device);
  }

  /** The only input of a call on a device; noted if it had to be moved. */
  Object relocate(OngoingCall call, Device device) {
    String path = call.layout.path(0);
    Object value = call.value(path, Object.class);
    if (isOn(device, call)) {
      return value;
    }
    Object moved = move(value, device, path);
    note(call.node(), 0, value, moved);
    return moved;
  }

  private Choice choose(
      List<Choice> choices, @Nullable Device preferred, @Nullable Object[] values) {
    if (preferred != null) {
      for (Choice choice : choices) {
        if (choice.device().matches(preferred)) {
          return choice;
        }
      }
    }
    Device there = firstDevice(values);
    for (Choice choice : choices) {
      if (choice.device().equals(there)) {
        return choice;
      }
    }
    return choices.getFirst();
  }

  private @Nullable Device firstDevice(@Nullable Object[] values) {
    for (Object value : values) {
      Device device = value == null ? null : deviceOf(value);
      if (device != null) {
        return device;
      }
    }
    return null;
  }

  private void checkAllowed(Choice choice, String path, @Nullable Object value) {
    if (engine.configuration().transferPolicy() == TransferPolicy.EXPLICIT) {
      throw new ContractException(
          path,
          "input `"
              + path
              + "` is on "
              + (value == null ? null : deviceOf(value))
              + ", but the operator computes on "
              + choice.device()
              + ". Move it there first, or build the engine with"
              + " transferPolicy(TransferPolicy.AUTOMATIC).");
    }
  }

  private Object move(Object value, Device device, String path) {
    for (VectorSpace<?> space : engine.values().allSpaces()) {
      if (space.device().equals(device) && space.type().isInstance(value)) {
        Object moved = space.transfer(value);
        if (moved != null) {
          return moved;
        }
      }
    }
    throw cannotMove(path, value, device);
  }

  private void note(@Nullable CallNode node, int place, Object value, Object moved) {
    if (node != null) {
      VectorSpace<?> origin = engine.spaces().of(value);
      node.noted().moved(node.places(), place, origin, engine.values().bytes(moved));
    }
  }

  /** Where a value is; null for plain values, which are everywhere. */
  private @Nullable Device deviceOf(Object value) {
    if (value instanceof Tensor tensor) {
      return tensor.device();
    }
    return value instanceof Number
        ? null
        : engine.values().space(value).map(VectorSpace::device).orElse(null);
  }

  private ContractException cannotMove(String path, Object value, Device device) {
    return new ContractException(
        path,
        "a "
            + engine.values().shape(value)
            + " for `"
            + path
            + "` cannot be moved to "
            + device
            + ": no vector space of that device takes it. Register one whose transfer does.");
  }
}
