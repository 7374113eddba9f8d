package dev.stride.cli.model;

import dev.stride.api.StrideException;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads maps of the speed of sound from HDF5.
 *
 * <p>The file has a dataset {@code data} of two axes, {@code [y, x]}, in m/s, and a dataset {@code
 * space/spacing} with the distance between nodes along both axes, in metres; whatever else it has
 * is ignored. {@link ModelFileWriter} writes the same structure.
 */
public final class ModelFile {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final double SLOWEST = 1000;
  private static final double FASTEST = 4000;
  private static final double FINEST = 1e-5;
  private static final double COARSEST = 2e-2;

  private final Path path;

  private ModelFile(Path path) {
    this.path = path;
  }

  /**
   * Reads a map.
   *
   * @return the map on a grid whose middle is at (0, 0)
   * @throws StrideException with the id {@code ModelFile} if the file is missing, damaged, or holds
   *     no plausible map of the speed of sound; the message says what was expected and what to do
   */
  public static SpeedModel read(Path path) {
    return new ModelFile(path).read();
  }

  private SpeedModel read() {
    checkSignature();
    try (HdfFile file = new HdfFile(path)) {
      checkLength(file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress());
      Dataset data = dataset(file, "data");
      checkRank(data);
      double spacing = spacing(dataset(file, "space/spacing"));
      int[] extents = data.getDimensions();
      float[] speed = floats(data);
      Grid grid = Grid.centred(extents[0], extents[1], spacing);
      checkSpeeds(grid, speed);
      return new SpeedModel(grid, speed);
    } catch (StrideException understood) {
      throw understood;
    } catch (RuntimeException damaged) {
      throw failure(
          "the file starts like HDF5 but cannot be read: %s. It is truncated or damaged; %d bytes"
                  .formatted(reason(damaged), size())
              + " are there. Copy or write it again.",
          damaged);
    }
  }

  private void checkSignature() {
    if (!Files.isRegularFile(path)) {
      throw failure(
          "there is no such file. Give --model the path of an HDF5 file with the dataset 'data'.",
          null);
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(SIGNATURE.length);
    } catch (IOException unreadable) {
      throw failure(
          "the file cannot be opened: %s. Make it readable.".formatted(reason(unreadable)),
          unreadable);
    }
    if (!Arrays.equals(start, SIGNATURE)) {
      throw failure(
          "this is not an HDF5 file: it does not start with the HDF5 signature (%d bytes). Convert"
                  .formatted(size())
              + " the model to HDF5 with a dataset 'data' in m/s.",
          null);
    }
  }

  private void checkLength(long promised) {
    if (size() < promised) {
      throw failure(
          "the file is truncated: it says that it has %d bytes, but %d are there. Copy or write it"
                  .formatted(promised, size())
              + " again.",
          null);
    }
  }

  private Dataset dataset(HdfFile file, String name) {
    int slash = name.indexOf('/');
    Node group = slash < 0 ? file : file.getChild(name.substring(0, slash));
    Node node = group instanceof Group parent ? parent.getChild(name.substring(slash + 1)) : null;
    if (node instanceof Dataset dataset) {
      return dataset;
    }
    throw failure(
        "there is no dataset '%s'; the file has %s. %s"
            .formatted(
                name,
                file.getChildren().keySet(),
                name.equals("data")
                    ? "Store the speed of sound, [y, x] in m/s, under this name."
                    : "Store the distance between nodes along y and x, in metres, under this"
                        + " name."),
        null);
  }

  private void checkRank(Dataset data) {
    int[] extents = data.getDimensions();
    if (extents.length != 2 || extents[0] < 16 || extents[1] < 16) {
      throw failure(
          "dataset 'data' has shape %s; expected two axes, [y, x], of at least 16 nodes each. Cut a"
                  .formatted(Arrays.toString(extents))
              + " slice out of a volume, or give the model its shape.",
          null);
    }
  }

  private double spacing(Dataset dataset) {
    double[] spacing = doubles(dataset);
    if (spacing.length != 2 || Math.abs(spacing[0] - spacing[1]) > 1e-6 * spacing[0]) {
      throw failure(
          "dataset 'space/spacing' is %s; expected two equal numbers, the distances along y and x in"
                  .formatted(Arrays.toString(spacing))
              + " metres. Resample the model to square cells.",
          null);
    }
    if (!(spacing[0] >= FINEST && spacing[0] <= COARSEST)) {
      throw failure(
          "dataset 'space/spacing' is %s; expected metres, from %s to %s. Convert it if it is in"
                  .formatted(Arrays.toString(spacing), FINEST, COARSEST)
              + " millimetres.",
          null);
    }
    return spacing[0];
  }

  private void checkSpeeds(Grid grid, float[] speed) {
    for (int i = 0; i < speed.length; i++) {
      float value = speed[i];
      if (!(value >= SLOWEST && value <= FASTEST)) {
        throw failure(
            "data[%d, %d] is %s; expected a speed of sound from %.0f to %.0f m/s. %s"
                .formatted(i / grid.nx(), i % grid.nx(), value, SLOWEST, FASTEST, remedy(value)),
            null);
      }
    }
  }

  private static String remedy(float value) {
    if (!Float.isFinite(value)) {
      return "Fill in the missing values.";
    }
    return value >= SLOWEST / 1000 && value <= FASTEST / 1000
        ? "It looks like km/s: multiply by 1000."
        : "Convert the model to m/s.";
  }

  private float[] floats(Dataset dataset) {
    double[] wide = doubles(dataset);
    float[] values = new float[wide.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  private double[] doubles(Dataset dataset) {
    Object flat = dataset.getDataFlat();
    return switch (flat) {
      case double[] values -> values;
      case float[] values -> {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = values[i];
        }
        yield wide;
      }
      case int[] values -> Arrays.stream(values).asDoubleStream().toArray();
      case long[] values -> Arrays.stream(values).asDoubleStream().toArray();
      default ->
          throw failure(
              "dataset '%s' holds %s; expected real numbers. Store it as float32 or float64."
                  .formatted(dataset.getName(), dataset.getJavaType().getSimpleName()),
              null);
    };
  }

  private long size() {
    try {
      return Files.size(path);
    } catch (IOException unknown) {
      return -1;
    }
  }

  private StrideException failure(String text, @Nullable Throwable cause) {
    return new StrideException("ModelFile", path + ": " + text, cause);
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    String type = failure.getClass().getSimpleName();
    return message == null ? type : type + ": " + message;
  }
}
