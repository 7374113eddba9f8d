package dev.stride.benchmarks.gpu;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.api.spi.HeapStorage;
import dev.stride.benchmarks.gpu.HostProgram.Measured;
import dev.stride.ops.gpu.internal.device.ComputeDevice;
import dev.stride.ops.gpu.internal.kernel.Code;
import dev.stride.ops.gpu.internal.kernel.Elements;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Products of tensors, one after the other, as operators compute them. */
final class ElementChain {

  private static final Code PRODUCT = Code.of("a * b", "a", "b");

  private final ComputeDevice device;
  private final Elements elements;
  private final Tensor ones;

  ElementChain(ComputeDevice device, int size) {
    this.device = device;
    this.elements = new Elements(device, "benchmark");
    this.ones = device.filled(Shape.of(size), DataType.FLOAT32, 1);
  }

  /** So many products; what is not needed any more is released. */
  Measured run(int times) {
    long begin = System.nanoTime();
    Tensor product = ones;
    for (int n = 0; n < times; n++) {
      Tensor next = elements.compute(PRODUCT, ones.shape(), List.of(product, ones));
      if (product != ones) {
        product.storage().release();
      }
      product = next;
    }
    long handedOver = System.nanoTime();
    CompletionStage<?> arrival = device.arrival(product);
    if (arrival != null) {
      arrival.toCompletableFuture().join();
    }
    long end = System.nanoTime();
    float[] values = ((HeapStorage.Floats) product.storage().toHeap()).array();
    return new Measured((end - begin) * 1e-9, (handedOver - begin) * 1e-9, values);
  }
}
