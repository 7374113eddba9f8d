package dev.stride.ops.gpu.internal.device;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A command in the queue: what is told of it when it has ended. It refers to buffers, not to the
 * tensors that lie in them, so that these can be collected meanwhile.
 */
final class Command {

  private static final int NAMED = 3;

  private final Supplier<String> what;
  private final List<DeviceBuffer> used;
  private final List<DeviceBuffer> written;
  private final Consumer<@Nullable RuntimeException> then;

  private Command(
      Supplier<String> what,
      List<DeviceBuffer> used,
      List<DeviceBuffer> written,
      Consumer<@Nullable RuntimeException> then) {
    this.what = what;
    this.used = used;
    this.written = written;
    this.then = then;
  }

  /** A command that nobody else wants to be told of. */
  static Command of(Supplier<String> what, List<DeviceBuffer> used, List<DeviceBuffer> written) {
    return new Command(what, used, written, _ -> {});
  }

  /**
   * The same command, and who is told when it has ended.
   *
   * @param told gets what the command failed with, null if it did not
   */
  Command then(Consumer<@Nullable RuntimeException> told) {
    return new Command(what, used, written, told);
  }

  /** Says of what it computes that this command does so. */
  void numbered(long number) {
    written.forEach(buffer -> buffer.writtenBy(number));
  }

  /**
   * Tells how the command ended: what it was to compute is lost if it failed, or something that it
   * used is.
   */
  void ended(@Nullable RuntimeException failure) {
    RuntimeException reason = failure;
    for (DeviceBuffer buffer : used) {
      reason = reason == null ? buffer.failure() : reason;
    }
    if (reason != null) {
      for (DeviceBuffer buffer : written) {
        buffer.fail(reason);
      }
    }
    then.accept(failure);
  }

  /** As messages call it. */
  @Override
  public String toString() {
    return what.get();
  }

  /** As messages call commands of which one has failed, nobody knows which. */
  static String text(List<Command> commands) {
    if (commands.size() == 1) {
      return commands.getFirst().toString();
    }
    String last =
        commands.reversed().stream()
            .limit(NAMED)
            .map(Command::toString)
            .collect(Collectors.joining("; before it "));
    return "one of %d commands, the last of which was %s,".formatted(commands.size(), last);
  }
}
