package dev.stride.benchmarks.gpu;

import dev.stride.api.DataType;
import dev.stride.api.Shape;
import dev.stride.api.Tensor;
import dev.stride.ops.gpu.internal.device.Range;
import dev.stride.ops.gpu.internal.opencl.DeviceDescription;
import dev.stride.ops.gpu.internal.wave.AbsorbingLayer;
import dev.stride.ops.gpu.internal.wave.FieldLayout;
import dev.stride.ops.gpu.internal.wave.Stencil;
import dev.stride.ops.gpu.internal.wave.WaveGrid;
import dev.stride.ops.gpu.internal.wave.WaveProblem;
import dev.stride.ops.gpu.internal.wave.WaveSource;
import java.util.List;

/** The steps of a grid with an absorbing layer, prepared for the pack and for C. */
record WaveSteps(Shape shape, String source, Range range, List<float[]> buffers) {

  private static final int LAYER = 20;
  private static final double TIME_STEP = 1.5e-7;

  static WaveSteps of(Shape shape, int order, DeviceDescription device) {
    WaveGrid grid = new WaveGrid(shape, 1e-3);
    AbsorbingLayer layer = new AbsorbingLayer(grid, LAYER, 1500);
    Tensor velocity = Tensor.full(shape, 1500, DataType.FLOAT32);
    Tensor none = Tensor.zeros(Shape.of(0, shape.rank()), DataType.FLOAT64);
    WaveProblem problem =
        new WaveProblem(grid, new Stencil(order), velocity, none, none, TIME_STEP, layer);
    FieldLayout layout = new FieldLayout(grid, order / 2, device.kind());
    int planes = shape.rank() == 2 ? 1 : shape.extent(0);
    float[] losses = new float[layout.width() + layout.rows() + planes];
    put(layer.along(2), losses, 0);
    put(layer.along(1), losses, layout.width());
    put(layer.along(0), losses, layout.width() + layout.rows());
    float[] field = new float[layout.size()];
    float[] c = new float[layout.size()];
    for (int z = 0; z < planes; z++) {
      for (int y = 0; y < shape.extent(-2); y++) {
        for (int x = 0; x < shape.extent(-1); x++) {
          int at = layout.index(z, y, x);
          float loss = losses[x] + losses[layout.width() + y];
          loss += losses[layout.width() + layout.rows() + z];
          c[at] = (float) (Math.pow(1500 * TIME_STEP, 2) / (1 + loss));
          field[at] = (float) (bell(y, shape.extent(-2)) * bell(x, shape.extent(-1)));
        }
      }
    }
    return new WaveSteps(
        shape,
        WaveSource.of(problem, layout, true),
        layout.range(),
        List.of(field, field.clone(), c, losses));
  }

  private static void put(double[] along, float[] losses, int from) {
    for (int i = 0; i < along.length; i++) {
      losses[from + i] = (float) (along[i] * TIME_STEP);
    }
  }

  /** A smooth bump, so that no number is ever too small to be normal. */
  private static double bell(int at, int extent) {
    double s = Math.sin(Math.PI * (at + 0.5) / extent);
    return s * s;
  }
}
