package dev.stride.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.spi.OperatorPack;
import dev.stride.core.Discovery;
import dev.stride.core.packs.PackJar;
import dev.stride.core.packs.Searches;
import dev.stride.core.packs.Sources;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real jars, compiled while the test runs, on a class path and a module path of their own. */
class ProviderSearchTest {

  private static final String MODULE =
      """
      module acme.filters {
        requires dev.stride.api;
        provides dev.stride.api.spi.OperatorPack with com.acme.Filters;
      }
      """;

  @TempDir private Path folder;

  @Test
  void search_finds_a_pack_on_a_class_path_and_says_which_jar() throws Exception {
    Path jar = Sources.filters("acme").service("com.acme.Filters # ours").build(folder);
    try (URLClassLoader plugins = PackJar.loader(jar)) {
      Discovery discovery = Searches.in(plugins).discovery();
      assertThat(discovery.packs())
          .containsExactly(
              new Discovery.Pack(
                  "acme.filters",
                  "unknown",
                  jar.toString(),
                  new Discovery.Available(),
                  new Discovery.Uncertified()));
      assertThat(discovery.operators()).extracting(Discovery.Entry::name).containsOnly("acme.blur");
    }
  }

  @Test
  void search_finds_a_pack_on_a_module_path() {
    Path jar = Sources.filters("acme").source("module-info", MODULE).build(folder);
    Discovery discovery =
        Searches.in(layer(jar, "acme.filters").findLoader("acme.filters")).discovery();
    Discovery.Pack pack = discovery.pack("acme.filters").orElseThrow();
    assertThat(pack.isAvailable()).isTrue();
    assertThat(pack.location()).isEqualTo(jar.toString());
    assertThat(
            discovery.operators("acme.blur").getFirst().operator().getClass().getModule().getName())
        .isEqualTo("acme.filters");
  }

  @Test
  void search_finds_a_pack_once_that_is_declared_in_both_ways() throws Exception {
    Path jar =
        Sources.filters("acme")
            .source("module-info", MODULE)
            .service("com.acme.Filters")
            .service("com.acme.Filters")
            .build(folder);
    ClassLoader module = layer(jar, "acme.filters").findLoader("acme.filters");
    assertThat(Searches.in(module).discovery().packs()).hasSize(1);
    try (URLClassLoader plugins = PackJar.loader(jar)) {
      assertThat(Searches.in(plugins).discovery().packs()).hasSize(1);
    }
  }

  @Test
  void search_leaves_out_a_class_of_which_an_instance_is_given() throws Exception {
    Path jar = Sources.filters("acme").service("com.acme.Filters").build(folder);
    try (URLClassLoader plugins = PackJar.loader(jar)) {
      Object given = plugins.loadClass("com.acme.Filters").getDeclaredConstructor().newInstance();
      assertThat(Searches.in(plugins, (OperatorPack) given).discovery().packs()).hasSize(1);
    }
  }

  @Test
  void search_sees_packs_of_parent_loaders_too() throws Exception {
    Path parent = Sources.filters("parent").service("com.acme.Filters").build(folder);
    Path child = other("child", "").build(folder);
    try (URLClassLoader above = PackJar.loader(parent);
        URLClassLoader below =
            new URLClassLoader(new java.net.URL[] {child.toUri().toURL()}, above)) {
      assertThat(Searches.in(below).discovery().packs())
          .extracting(Discovery.Pack::id)
          .containsExactly("acme.filters", "acme.other");
    }
  }

  @Test
  void search_reports_a_pack_whose_constructor_throws() throws Exception {
    String constructor = "public Other() { throw new IllegalStateException(\"no licence\"); }";
    assertBroken(
        other("bad", constructor).build(folder),
        "com.acme.Other",
        "loading it threw IllegalStateException: no licence");
  }

  @Test
  void search_reports_a_pack_whose_static_initialiser_throws() throws Exception {
    assertBroken(
        other("bad", "static final int ZERO = 1 / Integer.parseInt(\"0\");").build(folder),
        "com.acme.Other",
        "loading it threw ArithmeticException: / by zero");
  }

  @Test
  void search_reports_a_pack_for_another_version_of_the_api() throws Exception {
    String legacy =
        """
        package dev.stride.api.spi;
        public interface OperatorRegistrar { void legacy(String name); }
        """;
    Path jar =
        PackJar.named("bad")
            .sourceLeftOut("dev.stride.api.spi.OperatorRegistrar", legacy)
            .source(
                "com.acme.Other",
                Sources.pack("com.acme", "Other", "acme.old", "registrar.legacy(\"x\");", ""))
            .service("com.acme.Other")
            .build(folder);
    assertBroken(jar, "acme.old", "register() threw NoSuchMethodError: 'void dev.stride.api.spi");
  }

  @Test
  void search_reports_a_pack_that_lacks_a_library() throws Exception {
    Path jar =
        PackJar.named("bad")
            .sourceLeftOut("com.acme.Base", "package com.acme; public class Base {}")
            .source(
                "com.acme.Other",
                Sources.pack("com.acme", "Other", "acme.other", "", "")
                    .replace("class Other", "class Other extends Base"))
            .service("com.acme.Other")
            .build(folder);
    assertBroken(jar, "com.acme.Other", "loading it threw NoClassDefFoundError: com/acme/Base");
  }

  @Test
  void search_reports_a_provider_that_is_no_class() throws Exception {
    Path jar = PackJar.named("bad").service("com.acme.Missing").build(folder);
    assertBroken(jar, "com.acme.Missing", "Provider com.acme.Missing not found");
  }

  @Test
  void search_reports_a_provider_that_is_no_pack() throws Exception {
    Path jar =
        PackJar.named("bad")
            .source("com.acme.Plain", "package com.acme; public class Plain {}")
            .service("com.acme.Plain")
            .build(folder);
    assertBroken(jar, "com.acme.Plain", "com.acme.Plain not a subtype");
  }

  @Test
  void search_reports_a_services_file_that_is_garbled() throws Exception {
    Path jar = PackJar.named("bad").service("not a class").build(folder);
    assertBroken(jar, "not a class", "Illegal configuration-file syntax");
  }

  /** The broken pack is reported with its jar, and the good one beside it works. */
  private void assertBroken(Path jar, String id, String reason) throws Exception {
    Path good = Sources.filters("good").service("com.acme.Filters").build(folder);
    for (List<Path> order : List.of(List.of(jar, good), List.of(good, jar))) {
      try (URLClassLoader plugins = PackJar.loader(order.toArray(Path[]::new))) {
        Catalogue catalogue = Searches.in(plugins);
        assertThat(catalogue.implementations("acme.blur")).hasSize(1);
        Discovery.Pack broken = catalogue.discovery().pack(id).orElseThrow();
        assertThat(broken.location()).isEqualTo(jar.toString());
        assertThat(broken.status().toString()).startsWith("broken: ").contains(reason);
      }
    }
  }

  private static PackJar other(String jar, String members) {
    return PackJar.named(jar)
        .source("com.acme.Other", Sources.pack("com.acme", "Other", "acme.other", "", members))
        .service("com.acme.Other");
  }

  private static ModuleLayer layer(Path jar, String module) {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(jar), ModuleFinder.of(), Set.of(module));
    return boot.defineModulesWithOneLoader(configuration, PackJar.class.getClassLoader());
  }
}
