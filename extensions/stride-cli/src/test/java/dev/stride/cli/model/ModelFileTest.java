package dev.stride.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stride.api.StrideException;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Round trips, the file that Python Stride wrote, and every way in which a file can be wrong. */
class ModelFileTest {

  private static final TimeAxis TIME = new TimeAxis(100, 2e-7);

  @TempDir Path folder;

  private static SpeedModel random() {
    Grid grid = Grid.centred(33, 47, 0.4e-3);
    SplittableRandom random = new SplittableRandom(11);
    float[] speed = new float[grid.size()];
    for (int i = 0; i < speed.length; i++) {
      speed[i] = (float) random.nextDouble(1400, 1650);
    }
    return new SpeedModel(grid, speed);
  }

  /** The model beside the project, see its README; only where it is there. */
  static Path anastasio() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data/anastasio2D-TrueModel.h5");
      if (Files.exists(file)) {
        return file;
      }
    }
    assumeTrue(false, "shared/data/anastasio2D-TrueModel.h5 is not beside the project");
    throw new AssertionError();
  }

  @Test
  void read_gives_back_what_write_wrote() throws IOException {
    Path file = folder.resolve("model.h5");
    ModelFileWriter.write(file, random(), 20, TIME);
    assertThat(ModelFile.read(file)).isEqualTo(random());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void write_has_the_structure_of_the_file_that_python_stride_wrote() throws IOException {
    Path file = folder.resolve("model.h5");
    ModelFileWriter.write(file, ModelFile.read(anastasio()), 50, new TimeAxis(2500, 8e-8));
    try (HdfFile ours = new HdfFile(file);
        HdfFile theirs = new HdfFile(anastasio())) {
      assertThat(paths(ours)).isEqualTo(paths(theirs));
    }
  }

  private static String paths(HdfFile file) {
    StringBuilder text = new StringBuilder();
    file.getAttributes().keySet().stream()
        .filter(name -> !name.equals("_jHDF")) // names the library that wrote the file
        .sorted()
        .forEach(name -> text.append('@').append(name));
    append(text, file);
    return text.toString();
  }

  private static void append(StringBuilder text, Group group) {
    group.getChildren().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(child -> {
          text.append('\n').append(child.getValue().getPath());
          child.getValue().getAttributes().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .forEach(a -> text.append(' ').append(a.getKey()).append(a.getValue().getData()));
          if (child.getValue() instanceof Group inner) {
            append(text, inner);
          } else if (child.getValue() instanceof Dataset data) {
            text.append(Arrays.toString(data.getDimensions()));
          }
        });
  }

  @Test
  void read_understands_the_file_that_python_stride_wrote() {
    SpeedModel model = ModelFile.read(anastasio());
    assertThat(model.grid()).isEqualTo(Grid.centred(356, 385, 5e-4));
    assertThat(model.min()).isEqualTo(1460);
    assertThat(model.max()).isEqualTo(1650);
    assertThat(model.at(0, 0)).isEqualTo(1500);
  }

  @Test
  void read_of_a_missing_file_says_so() {
    assertRejected(folder.resolve("none.h5"), "none.h5: there is no such file", "--model");
  }

  @Test
  void read_of_something_else_than_hdf5_says_so() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.h5"), "speed of sound");
    assertRejected(file, "not an HDF5 file", "14 bytes", "Convert");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9, 0.99, 0.999})
  void read_of_a_truncated_file_says_so(double share) throws IOException {
    Path file = folder.resolve("model.h5");
    ModelFileWriter.write(file, random(), 20, TIME);
    byte[] bytes = Files.readAllBytes(file);
    int kept = Math.max(16, (int) (share * bytes.length));
    Files.write(file, Arrays.copyOf(bytes, kept));
    assertRejected(file, "truncated", kept + "", "again");
  }

  @Test
  void read_of_a_wrong_rank_says_which() {
    assertRejected(
        written(f -> f.putDataset("data", new float[20][20][20])),
        "[20, 20, 20]",
        "two axes, [y, x]");
    assertRejected(written(f -> f.putDataset("data", new float[400])), "[400]", "two axes");
  }

  @Test
  void read_of_kilometres_per_second_says_so() {
    assertRejected(
        written(f -> f.putDataset("data", filled(1.5f))), "data[0, 0] is 1.5", "multiply by 1000");
  }

  @Test
  void read_of_a_value_that_is_missing_says_where() {
    float[][] data = filled(1500);
    data[3][7] = Float.NaN;
    assertRejected(
        written(f -> f.putDataset("data", data)), "data[3, 7] is NaN", "Fill in the missing");
  }

  @Test
  void read_of_slowness_says_what_is_expected() {
    assertRejected(
        written(f -> f.putDataset("data", filled(6.7e-4f))),
        "expected a speed of sound from 1000 to 4000 m/s");
  }

  @Test
  void read_of_text_says_what_is_expected() {
    String[][] text = new String[20][20];
    for (String[] row : text) {
      Arrays.fill(row, "fat");
    }
    assertRejected(written(f -> f.putDataset("data", text)), "expected real numbers");
  }

  @Test
  void read_without_data_names_what_is_there() {
    assertRejected(
        written(f -> f.putDataset("speed", filled(1500))),
        "no dataset 'data'",
        "speed",
        "[y, x] in m/s");
  }

  @Test
  void read_without_spacing_says_what_is_expected() {
    Path file = folder.resolve("bare.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("data", filled(1500));
    }
    assertRejected(file, "no dataset 'space/spacing'", "in metres");
  }

  @Test
  void read_of_a_spacing_in_millimetres_says_so() {
    assertRejected(withSpacing(0.5, 0.5), "[0.5, 0.5]", "expected metres", "millimetres");
  }

  @Test
  void read_of_oblong_cells_says_so() {
    assertRejected(withSpacing(5e-4, 6e-4), "two equal numbers", "Resample");
  }

  @Test
  void write_to_a_folder_that_is_not_there_leaves_nothing() {
    Path file = folder.resolve("no/such/model.h5");
    assertThatThrownBy(() -> ModelFileWriter.write(file, random(), 20, TIME))
        .isInstanceOf(IOException.class);
    assertThat(folder).isEmptyDirectory();
  }

  private static float[][] filled(float value) {
    float[][] data = new float[20][20];
    for (float[] row : data) {
      Arrays.fill(row, value);
    }
    return data;
  }

  private Path written(Consumer<WritableHdfFile> content) {
    Path file = folder.resolve("content" + System.nanoTime() + ".h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      content.accept(hdf);
      hdf.putGroup("space").putDataset("spacing", new double[] {5e-4, 5e-4});
    }
    return file;
  }

  private Path withSpacing(double y, double x) {
    Path file = folder.resolve("spacing.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("data", filled(1500));
      hdf.putGroup("space").putDataset("spacing", new double[] {y, x});
    }
    return file;
  }

  private static void assertRejected(Path file, String... parts) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining("[Stride/ModelFile] " + file)
        .hasMessageContainingAll(parts);
  }
}
