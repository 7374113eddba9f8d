package dev.stride.cli.model;

import dev.stride.cli.files.AtomicFile;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Writes maps of the speed of sound as HDF5, in the structure that Python Stride's fields have:
 * dataset {@code data} with {@code shape}, {@code inner}, {@code extended_shape} and {@code dtype},
 * and the groups {@code space} and {@code time} of the grid.
 */
public final class ModelFileWriter {

  private ModelFileWriter() {}

  /**
   * Writes a map so that a reader sees a whole file or none. The file is read again before it takes
   * its place.
   *
   * @param absorbing width of the absorbing layer, in nodes
   * @throws IOException if it cannot be written, or does not read back as it was
   */
  public static void write(Path path, SpeedModel model, int absorbing, TimeAxis time)
      throws IOException {
    AtomicFile.write(
        path,
        temporary -> {
          try (WritableHdfFile file = HdfFile.write(temporary)) {
            fill(file, model, absorbing, time);
          }
          if (!ModelFile.read(temporary).equals(model)) {
            throw new IOException(path + ": the file does not read back as it was written");
          }
        });
  }

  private static void fill(WritableHdfFile file, SpeedModel model, int absorbing, TimeAxis time) {
    Grid grid = model.grid();
    int ny = grid.ny();
    int nx = grid.nx();
    file.putAttribute("protocol", "0.1");
    file.putAttribute("datetime", LocalDateTime.now(ZoneOffset.UTC).toString().replace('T', ' '));
    file.putAttribute("is_array", "FALSE");
    float[][] rows = new float[ny][nx];
    for (int row = 0; row < ny; row++) {
      for (int column = 0; column < nx; column++) {
        rows[row][column] = model.at(row, column);
      }
    }
    describe(file.putDataset("data", rows), "is_ndarray");
    describe(file.putDataset("dtype", "float32"), "is_str");
    describe(
        file.putDataset("extended_shape", new long[] {ny + 2L * absorbing, nx + 2L * absorbing}),
        "is_tuple");
    describe(
        file.putDataset("inner", new String[][] {slice(absorbing, ny), slice(absorbing, nx)}),
        "is_list",
        "is_str");
    describe(file.putDataset("shape", new long[] {ny, nx}), "is_tuple");
    describe(file.putDataset("time_dependent", "FALSE"));

    WritableGroup space = file.putGroup("space");
    space.putAttribute("is_array", "FALSE");
    describe(space.putDataset("shape", new long[] {ny, nx}), "is_tuple");
    describe(
        space.putDataset("spacing", new double[] {grid.spacing(), grid.spacing()}), "is_tuple");
    describe(space.putDataset("extra", new long[] {absorbing, absorbing}), "is_tuple");
    describe(space.putDataset("absorbing", new long[] {absorbing, absorbing}), "is_tuple");

    WritableGroup times = file.putGroup("time");
    times.putAttribute("is_array", "FALSE");
    describe(times.putDataset("start", 0.0));
    describe(times.putDataset("step", time.step()));
    describe(times.putDataset("num", (long) time.steps()));
    describe(times.putDataset("stop", time.duration()));
  }

  private static String[] slice(int from, int count) {
    return new String[] {Integer.toString(from), Integer.toString(from + count), "None"};
  }

  private static void describe(WritableNode node, String... kinds) {
    for (String flag : List.of("is_str", "is_ndarray", "is_list", "is_tuple")) {
      node.putAttribute(flag, List.of(kinds).contains(flag) ? "TRUE" : "FALSE");
    }
  }
}
