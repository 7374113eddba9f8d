package dev.stride.cli.plugin;

import static dev.stride.cli.plugin.PluginJar.SAMPLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stride.api.StrideException;
import dev.stride.core.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that this program has never seen, and what it can see of the program. */
class PluginTest {

  @TempDir private Path folder;

  @Test
  void operators_are_those_of_the_jar_alone() throws IOException {
    Path jar = PluginJar.square(folder, "2 * v", SAMPLES).build("square.jar");
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (Plugin plugin = Plugin.open(jar, null)) {
      plugin.requireUsable();
      assertThat(plugin.operators())
          .extracting(Discovery.Entry::name)
          .containsExactly("acme.square");
      assertThat(plugin.packs()).extracting(Discovery.Pack::version).containsExactly("1.5");
      assertThat(plugin.stride().discovery().pack("stride.std")).isPresent();
      assertThat(plugin.operators().getFirst().operator().unwrap().getClass().getClassLoader())
          .isNotSameAs(before);
    }
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void libraries_are_found_beside_the_jar_or_in_a_folder() throws IOException {
    Path library = library();
    Path jar = withLibrary(library);
    try (Plugin alone = Plugin.open(jar, null)) {
      assertThatExceptionOfType(StrideException.class)
          .isThrownBy(alone::requireUsable)
          .withMessageContaining("pack acme is broken")
          .withMessageContaining("lib/Factor")
          .withMessageContaining("--libs");
    }
    try (Plugin given = Plugin.open(jar, library.getParent())) {
      given.requireUsable();
      assertThat(given.libraries()).containsExactly(library);
    }
    Files.copy(library, jar.resolveSibling("lib.jar"));
    try (Plugin beside = Plugin.open(jar, null)) {
      beside.requireUsable();
    }
  }

  @Test
  void libraries_of_the_program_are_hidden() throws IOException {
    Path jar =
        PluginJar.in(folder)
            .pack("new com.fasterxml.jackson.databind.ObjectMapper();")
            .build("leaning.jar");
    try (Plugin plugin = Plugin.open(jar, null)) {
      assertThatExceptionOfType(StrideException.class)
          .isThrownBy(plugin::requireUsable)
          .withMessageContaining("com/fasterxml/jackson");
    }
  }

  @Test
  void jar_without_a_pack_says_which_file_it_lacks() throws IOException {
    assertThatExceptionOfType(StrideException.class)
        .isThrownBy(() -> Plugin.open(library(), null))
        .withMessageContaining("META-INF/services/dev.stride.api.spi.OperatorPack");
  }

  @Test
  void module_that_provides_a_pack_must_list_it_for_class_paths_too() throws IOException {
    Path jar =
        PluginJar.in(folder).source("module-info", "module acme {}").buildLibrary("modular.jar");
    assertThatExceptionOfType(StrideException.class)
        .isThrownBy(() -> Plugin.open(jar, null))
        .withMessageContaining("module-info");
  }

  @Test
  void file_that_is_no_jar_is_named() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    assertThatExceptionOfType(StrideException.class)
        .isThrownBy(() -> Plugin.open(text, null))
        .withMessageContaining("text.jar cannot be read as a jar");
  }

  @Test
  void jar_that_is_not_there_is_an_error_that_says_so() {
    assertThatExceptionOfType(StrideException.class)
        .isThrownBy(() -> Plugin.open(folder.resolve("absent.jar"), null))
        .withMessageContaining("There is no file")
        .withMessageContaining("absent.jar");
  }

  private Path library() throws IOException {
    return PluginJar.in(folder.resolve("library"))
        .source("lib.Factor", "package lib; public class Factor { public static int TWO = 2; }")
        .buildLibrary("lib.jar");
  }

  private Path withLibrary(Path library) throws IOException {
    return PluginJar.in(folder.resolve("plugin"))
        .source(
            "acme.Uses", "package acme; class Uses { static int two() { return lib.Factor.TWO; } }")
        .source("acme.Square", SQUARE)
        .pack("Uses.two(); registrar.operator(Square::new);")
        .build("plugin.jar", library);
  }

  private static final String SQUARE =
      """
      package acme;
      import dev.stride.api.*;
      public final class Square implements BlockingOperator<Tensor> {
        public Signature signature() {
          return Signature.named("acme.square").input("x").output("y").build();
        }
        public Outputs forward(ForwardCall call) {
          return Outputs.of(call.tensor("x"));
        }
        public Gradients adjoint(AdjointCall call) {
          return Gradients.of(call.cotangent());
        }
      }
      """;
}
