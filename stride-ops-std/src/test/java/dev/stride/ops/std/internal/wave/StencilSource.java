package dev.stride.ops.std.internal.wave;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the vector kernels of the wave equation: one class for each type and number of dimensions,
 * two methods for each radius.
 *
 * <p>They are straight-line code without helpers: a loop over the neighbours, a method for their
 * sum or even one for the loads falls off the compiler's cliff (0.2 to 0.4 billion points a second
 * instead of 0.55 in 3D where they were tried). {@code main} rewrites the sources in place; a test
 * fails when they differ from what this writes.
 */
record StencilSource(String type, int dimensions) {

  private static final int LARGEST_RADIUS = 5;

  static final List<StencilSource> ALL =
      List.of(
          new StencilSource("Float", 2),
          new StencilSource("Float", 3),
          new StencilSource("Double", 2),
          new StencilSource("Double", 3));

  /** Rewrites the sources under the directory given, {@code src/main/java} of this module. */
  public static void main(String[] directory) throws IOException {
    for (StencilSource source : ALL) {
      Files.writeString(source.path(Path.of(directory[0])), source.text());
    }
  }

  Path path(Path sources) {
    return sources.resolve("dev/stride/ops/std/internal/wave/" + className() + ".java");
  }

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(head());
    parts.add(lookUp());
    for (int radius = 1; radius <= LARGEST_RADIUS; radius++) {
      parts.add(method(radius, false));
      parts.add(method(radius, true));
    }
    return String.join("\n", parts) + "}\n";
  }

  private String className() {
    return type + "Stencils" + dimensions + "D";
  }

  private String vector() {
    return type + "Vector";
  }

  private String array() {
    return type.toLowerCase(java.util.Locale.ROOT) + "[]";
  }

  private String head() {
    return """
    package dev.stride.ops.std.internal.wave;

    import jdk.incubator.vector.%1$s;
    import jdk.incubator.vector.VectorSpecies;

    /**
     * Vector kernels of the wave equation in %3$dD on {@code %2$s}.
     *
     * <p>Written by {@code StencilSource} in the tests of this module; change that instead. One loop a
     * method and no tail: see kernels in docs/math/acoustic-wave.md.
     */
    final class %4$s {

      private static final VectorSpecies<%5$s> SPECIES = %1$s.SPECIES_PREFERRED;
      private static final int LANES = SPECIES.length();

      private %4$s() {}
    """
        .formatted(vector(), array(), dimensions, className(), type);
  }

  private String lookUp() {
    String cases =
        IntStream.rangeClosed(1, LARGEST_RADIUS)
            .mapToObj(r ->
                "      case %1$d -> StencilKernel.of(%2$s::step%1$d, %2$s::record%1$d);\n"
                    .formatted(r, className()))
            .collect(Collectors.joining());
    return """
      static StencilKernel<%s> of(int radius) {
        return switch (radius) {
    %s      default -> throw new IllegalArgumentException("no kernel of radius " + radius);
        };
      }
    """
        .formatted(array(), cases);
  }

  private String method(int radius, boolean records) {
    StringBuilder text = new StringBuilder();
    text.append(signature(radius, records));
    text.append("    %s two = %s.broadcast(SPECIES, 2);\n".formatted(vector(), vector()));
    for (int n = 0; n <= radius; n++) {
      text.append("    %1$s k%2$d = %1$s.broadcast(SPECIES, k[%2$d]);\n".formatted(vector(), n));
    }
    if (records) {
      text.append("    int shift = at - from;\n");
    }
    text.append("    for (int i = from; i < to; i += LANES) {\n");
    text.append("      %s here = %s;\n".formatted(vector(), at("u", "i")));
    text.append("      %s lap = here.mul(k0);\n".formatted(vector()));
    for (int n = 1; n <= radius; n++) {
      text.append("      lap = %s.fma(k%d, lap);\n".formatted(ring(n), n));
    }
    if (records) {
      text.append("      lap.intoArray(kept, i + shift);\n");
    }
    String old = "here.mul(two).sub(" + at("next", "i") + ")";
    text.append("      lap.fma(%s, %s).intoArray(next, i);\n".formatted(at("c", "i"), old));
    return text.append("    }\n  }\n").toString();
  }

  private String signature(int radius, boolean records) {
    String arguments =
        "%1$s u, %1$s next, %1$s c, %1$s k, int from, int to, int row, int plane"
            .formatted(array());
    if (records) {
      return """
        private static void record%d(
            %s,
            %s kept, int at) {
      """
          .formatted(radius, arguments, array());
    }
    return """
      private static void step%d(
          %s) {
    """
        .formatted(radius, arguments);
  }

  private String ring(int distance) {
    String ring = pair(distance, "");
    ring += ".add(" + pair(distance, "row") + ")";
    return dimensions == 2 ? ring : ring + "\n          .add(" + pair(distance, "plane") + ")";
  }

  private String pair(int distance, String axis) {
    String offset = axis.isEmpty() ? "" + distance : distance == 1 ? axis : distance + " * " + axis;
    return at("u", "i - " + offset) + ".add(" + at("u", "i + " + offset) + ")";
  }

  private String at(String array, String index) {
    return "%s.fromArray(SPECIES, %s, %s)".formatted(vector(), array, index);
  }
}
