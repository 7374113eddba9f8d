package dev.stride.cli.pictures;

import dev.stride.api.StrideException;
import dev.stride.cli.files.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures on disk. */
public final class PictureFile {

  private PictureFile() {}

  /**
   * Writes a picture as PNG, whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Path path, BufferedImage picture) throws IOException {
    AtomicFile.write(
        path,
        temporary -> {
          if (!ImageIO.write(picture, "png", temporary.toFile())) {
            throw new IOException(path + ": this JDK cannot write PNG");
          }
        });
  }

  /**
   * Finds out early whether text can be drawn here.
   *
   * @throws StrideException with the id {@code Fonts} if not
   */
  public static void requireFonts() {
    try {
      Plot plot = Plot.of(10, 10);
      plot.title("m/s");
      plot.finish();
    } catch (RuntimeException | LinkageError | InternalError failure) {
      throw new StrideException(
          "Fonts",
          "text cannot be drawn into pictures: "
              + failure
              + ". Install a font and fontconfig, such as the packages fontconfig and"
              + " fonts-dejavu-core.",
          failure);
    }
  }
}
