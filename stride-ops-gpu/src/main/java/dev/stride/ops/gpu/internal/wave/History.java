package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.DataType;
import dev.stride.api.StrideException;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.lwjgl.system.MemoryUtil;

/**
 * What the adjoint needs of the forward run, {@code L p[n] + source} of every step, in chunks of
 * steps: in the device's memory as far as its budget goes, and the earlier steps in the host's.
 *
 * <p>Forward asks for the chunks in order, the adjoint in reverse. A chunk goes to the host when
 * its memory is needed for a later one, and comes back when one after it is done with. Transfers
 * are commands in the queue, which nobody waits for. Used by one thread at a time.
 */
final class History implements AutoCloseable {

  /** Bytes of a chunk where nobody wants another size. */
  static final long CHUNK_BYTES = 64L << 20;

  private static final int LEAST_RESIDENT = 2;

  /** Part of the budget that is left to others. */
  private static final int RESERVE = 8;

  private final ComputeDevice device;
  private final DataType type;
  private final String holder;
  private final int stepSize;
  private final int stepsPerChunk;
  private final int chunkSize;
  private final List<Chunk> chunks = new ArrayList<>();
  private final Deque<Chunk> resident = new ArrayDeque<>();
  private long lastTransfer;

  /** Room for a number of steps of so many elements, in chunks of at most so many bytes. */
  History(
      ComputeDevice device,
      DataType type,
      int steps,
      int stepSize,
      long chunkBytes,
      String holder) {
    this.device = device;
    this.type = type;
    this.holder = "wavefield of " + holder;
    this.stepSize = stepSize;
    long fitting = chunkBytes / type.bytes() / stepSize;
    this.stepsPerChunk = Math.clamp(fitting, 1, Math.max(1, steps));
    this.chunkSize = stepsPerChunk * stepSize;
    for (int chunk = 0; chunk < Math.ceilDiv(steps, stepsPerChunk); chunk++) {
      chunks.add(new Chunk());
    }
  }

  private static final class Chunk {
    private @Nullable DeviceStorage here;
    private @Nullable ByteBuffer onHost;
  }

  /** Steps that lie in one buffer. */
  int stepsPerChunk() {
    return stepsPerChunk;
  }

  /** Where a step begins in its buffer. */
  int at(int step) {
    return step % stepsPerChunk * stepSize;
  }

  /** Bytes of all steps, wherever they are. */
  long bytes() {
    return (long) chunks.size() * chunkSize * type.bytes();
  }

  /** Bytes of those that are on the host. */
  long bytesOnHost() {
    long count = chunks.stream().filter(chunk -> chunk.onHost != null).count();
    return count * chunkSize * type.bytes();
  }

  /** The buffer that a step is to be written to; steps come in order. */
  DeviceStorage toWrite(int step) {
    Chunk chunk = chunks.get(step / stepsPerChunk);
    if (chunk.here == null) {
      chunk.here = room();
      resident.addLast(chunk);
    }
    return chunk.here;
  }

  /** The buffer that holds a step; steps come in reverse. */
  DeviceStorage toRead(int step) {
    Chunk chunk = chunks.get(step / stepsPerChunk);
    if (chunk.here == null) {
      resident.forEach(History::drop); // They are later, and done with.
      resident.clear();
      chunk.here = bringBack(chunk);
      resident.addLast(chunk);
    }
    return chunk.here;
  }

  private DeviceStorage bringBack(Chunk chunk) {
    ByteBuffer source = Objects.requireNonNull(chunk.onHost, "recorded");
    DeviceStorage there = allocate();
    lastTransfer = device.write(source, there);
    return there;
  }

  private DeviceStorage room() {
    long bytes = (long) chunkSize * type.bytes();
    boolean fits = device.memory().freeBytes() - bytes >= device.memory().budget() / RESERVE;
    if (fits || resident.size() < LEAST_RESIDENT) {
      return allocate();
    }
    Chunk earliest = resident.removeFirst();
    DeviceStorage storage = earliest.here;
    if (storage == null) {
      throw new IllegalStateException("a chunk of the wavefield is resident and is not");
    }
    ByteBuffer target = hostMemory(bytes);
    earliest.onHost = target;
    earliest.here = null;
    lastTransfer = device.read(storage, target);
    return storage;
  }

  private DeviceStorage allocate() {
    return device.allocate(chunkSize, type, holder);
  }

  private ByteBuffer hostMemory(long bytes) {
    try {
      return MemoryUtil.memAlloc(Math.toIntExact(bytes));
    } catch (OutOfMemoryError none) {
      throw new StrideException(
          "WavefieldMemory",
          device.device()
              + ": neither its memory nor the host's has room for the "
              + holder
              + ", "
              + bytes()
              + " bytes. Run fewer shots at once, use a coarser grid or fewer steps, or raise the"
              + " configuration stride.gpu.memory.",
          none);
    }
  }

  private static void drop(Chunk chunk) {
    DeviceStorage storage = chunk.here;
    if (storage != null) {
      storage.release();
      chunk.here = null;
    }
  }

  /** Gives all memory back, that of the host when nothing in the queue uses it. */
  @Override
  public void close() {
    chunks.forEach(History::drop);
    resident.clear();
    List<ByteBuffer> onHost = new ArrayList<>();
    for (Chunk chunk : chunks) {
      if (chunk.onHost != null) {
        onHost.add(chunk.onHost);
        chunk.onHost = null;
      }
    }
    device.afterEnd(lastTransfer, () -> onHost.forEach(MemoryUtil::memFree));
  }
}
