package dev.stride.ops.gpu.internal.wave;

import dev.stride.api.DataType;
import dev.stride.api.spi.HeapStorage;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.device.DeviceStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Points in the memory of a device, as kernels need them: to read, the nodes around each point; to
 * add, the points around each node, so that each work item writes to a node of its own and nothing
 * depends on their order.
 */
final class PointBuffers implements AutoCloseable {

  private final int count;
  private final int nodeCount;
  private final DeviceStorage corners;
  private final DeviceStorage weights;
  private final DeviceStorage nodes;
  private final DeviceStorage compact;
  private final DeviceStorage starts;
  private final DeviceStorage points;
  private final DeviceStorage shares;

  PointBuffers(Points places, ComputeDevice device, DataType type, String holder) {
    this.count = places.count();
    Map<Integer, List<Integer>> slotsByNode = new TreeMap<>();
    for (int slot = 0; slot < places.field().length; slot++) {
      if (places.weights()[slot] != 0) {
        slotsByNode.computeIfAbsent(places.field()[slot], node -> new ArrayList<>()).add(slot);
      }
    }
    this.nodeCount = slotsByNode.size();
    int entries = slotsByNode.values().stream().mapToInt(List::size).sum();
    int[] nodeOf = new int[nodeCount];
    int[] compactOf = new int[nodeCount];
    int[] startOf = new int[nodeCount + 1];
    int[] pointOf = new int[entries];
    double[] shareOf = new double[entries];
    int node = 0;
    int entry = 0;
    for (Map.Entry<Integer, List<Integer>> slots : slotsByNode.entrySet()) {
      nodeOf[node] = slots.getKey();
      compactOf[node] = places.compact()[slots.getValue().getFirst()];
      startOf[node++] = entry;
      for (int slot : slots.getValue()) {
        pointOf[entry] = slot / places.corners();
        shareOf[entry++] = places.weights()[slot];
      }
    }
    startOf[node] = entry;
    this.corners = device.upload(places.field(), holder);
    this.weights = device.upload(elements(places.weights(), type), holder);
    this.nodes = device.upload(nodeOf, holder);
    this.compact = device.upload(compactOf, holder);
    this.starts = device.upload(startOf, holder);
    this.points = device.upload(pointOf, holder);
    this.shares = device.upload(elements(shareOf, type), holder);
  }

  static HeapStorage elements(double[] values, DataType type) {
    if (type == DataType.FLOAT64) {
      return new HeapStorage.Doubles(values);
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return new HeapStorage.Floats(rounded);
  }

  /** Number of points. */
  int count() {
    return count;
  }

  /** Number of nodes around all of them. */
  int nodeCount() {
    return nodeCount;
  }

  /** What a kernel that reads at the points needs. */
  List<Object> reading() {
    return List.of(corners, weights);
  }

  /** What a kernel that adds to a field needs. */
  List<Object> addingToField() {
    return List.of(nodes, starts, points, shares);
  }

  /** What a kernel that adds to a compact buffer needs. */
  List<Object> addingToCompact() {
    return List.of(compact, starts, points, shares);
  }

  /** Bytes that it takes. */
  long bytes() {
    return all().stream().mapToLong(PointBuffers::bytes).sum();
  }

  static long bytes(DeviceStorage storage) {
    return (long) storage.size() * storage.dataType().bytes();
  }

  /** Gives the memory back; commands that use it may be in the queue. */
  @Override
  public void close() {
    all().forEach(DeviceStorage::release);
  }

  private List<DeviceStorage> all() {
    return List.of(corners, weights, nodes, compact, starts, points, shares);
  }
}
