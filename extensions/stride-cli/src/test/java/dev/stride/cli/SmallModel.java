package dev.stride.cli;

import dev.stride.cli.model.Grid;
import dev.stride.cli.model.ModelFileWriter;
import dev.stride.cli.model.SpeedModel;
import dev.stride.cli.model.TimeAxis;
import java.io.IOException;
import java.nio.file.Path;

/** A disc of 1530 m/s in water, small enough to be inverted in a second or two. */
final class SmallModel {

  static final Grid GRID = Grid.centred(61, 61, 1e-3);

  private SmallModel() {}

  static SpeedModel model() {
    float[] speed = new float[GRID.size()];
    for (int row = 0; row < GRID.ny(); row++) {
      for (int column = 0; column < GRID.nx(); column++) {
        double distance = Math.hypot(GRID.y(row) - 2e-3, GRID.x(column) + 3e-3);
        speed[GRID.index(row, column)] = distance < 9e-3 ? 1530 : 1500;
      }
    }
    return new SpeedModel(GRID, speed);
  }

  static Path write(Path folder) throws IOException {
    Path file = folder.resolve("disc.h5");
    ModelFileWriter.write(file, model(), 15, new TimeAxis(2, 1e-7));
    return file;
  }
}
