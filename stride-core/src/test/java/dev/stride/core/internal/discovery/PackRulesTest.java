package dev.stride.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stride.api.Device;
import dev.stride.api.Signature;
import dev.stride.api.spi.DoubleSpace;
import dev.stride.api.spi.TensorSpace;
import dev.stride.core.packs.Golden;
import dev.stride.core.packs.Identity;
import dev.stride.core.packs.LambdaPack;
import dev.stride.core.packs.PackJar;
import dev.stride.core.packs.Searches;
import dev.stride.core.packs.Sources;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackRulesTest {

  @TempDir private Path folder;

  @Test
  void check_refuses_two_packs_of_one_id_and_names_both_jars() throws Exception {
    Path first = jar("first", "one", "same.id", "acme.one");
    Path second = jar("second", "two", "same.id", "acme.two");
    assertFailure("duplicate-pack", first, second);
  }

  @Test
  void check_tolerates_equal_ids_of_broken_packs() throws Exception {
    Path good = jar("good", "one", "same.id", "acme.one");
    Path broken =
        PackJar.named("broken")
            .source(
                "two.Pack",
                Sources.pack("two", "Pack", "same.id", "throw new IllegalStateException();", ""))
            .service("two.Pack")
            .build(folder);
    Path garbled = PackJar.named("garbled").service("not a class").build(folder);
    Path again = PackJar.named("again").service("not a class").build(folder);
    try (URLClassLoader loader = PackJar.loader(broken, good, garbled, again)) {
      Catalogue catalogue =
          Searches.run(
              new DiscoverySettings(loader, true, List.of(), Set.of("same.id"), false, Map.of()));
      assertThat(catalogue.discovery().pack("same.id").orElseThrow().isAvailable()).isTrue();
      assertThat(catalogue.discovery().packs()).hasSize(4);
      assertThat(catalogue.implementations("acme.one")).hasSize(1);
    }
  }

  @Test
  void check_refuses_two_implementations_of_equal_priority_and_names_both_jars() throws Exception {
    Path first = jar("first", "one", "pack.one", "acme.blur");
    Path second = jar("second", "two", "pack.two", "acme.blur");
    assertFailure("duplicate-operator", first, second);
  }

  @Test
  void check_accepts_implementations_of_other_priority_or_device() {
    Device device = new Device("acme:0");
    assertThatCode(() ->
            Searches.given(
                LambdaPack.with("acme.plain", "acme.blur"),
                LambdaPack.of(
                    "acme.fast",
                    registrar -> {
                      registrar.device(device);
                      registrar.operator(() -> new Identity("acme.blur")).priority(1);
                      registrar.operator(() -> new Identity("acme.blur")).device(device);
                    })))
        .doesNotThrowAnyException();
  }

  @Test
  void check_refuses_two_implementations_within_one_pack() {
    assertThatThrownBy(() ->
            Searches.given(
                LambdaPack.of(
                    "acme",
                    registrar -> {
                      registrar.operator(() -> new Identity("acme.blur"));
                      registrar.operator(() -> new Identity("acme.blur"));
                    })))
        .hasMessageStartingWith("[Stride/DuplicateOperator]");
  }

  @Test
  void check_refuses_other_ports_for_one_name_on_any_device() {
    Signature wider =
        Signature.named("acme.blur")
            .input("x")
            .auxiliary("width", Double.class)
            .output("y")
            .build();
    assertThatThrownBy(() ->
            Searches.given(
                LambdaPack.with("acme.plain", "acme.blur"),
                LambdaPack.of(
                    "acme.wide",
                    registrar -> registrar.operator(() -> new Identity(wider)).priority(1))))
        .satisfies(failure -> Golden.assertMessage(failure, "signature-mismatch"));
  }

  @Test
  void check_reserves_the_prefix_stride_for_packs_of_stride() throws Exception {
    assertFailure("reserved-pack-id", jar("first", "one", "stride.better", "acme.one"));
    assertThat(Searches.given(LambdaPack.with("stride.own", "acme.blur")).discovery().packs())
        .hasSize(1);
  }

  @Test
  void check_lets_any_pack_implement_an_operator_name_of_stride() throws Exception {
    Path jar = jar("first", "one", "acme.fast", "stride.multiply");
    try (URLClassLoader loader = PackJar.loader(jar)) {
      assertThat(Searches.in(loader).implementations("multiply")).hasSize(1);
    }
  }

  @Test
  void check_refuses_a_second_vector_space_of_a_class_and_device() {
    assertThatThrownBy(() ->
            Searches.given(
                LambdaPack.of("acme", registrar -> registrar.vectorSpace(DoubleSpace.INSTANCE))))
        .satisfies(failure -> Golden.assertMessage(failure, "duplicate-vector-space"));
    assertThatThrownBy(() ->
            Searches.given(
                LambdaPack.of("acme", registrar -> registrar.vectorSpace(TensorSpace.HEAP))))
        .hasMessageContaining("dev.stride.api.Tensor on device cpu has 2 vector spaces");
  }

  private Path jar(String jar, String packageName, String id, String operator) {
    String registration = "registrar.operator(Blur::new);";
    return PackJar.named(jar)
        .source(packageName + ".Blur", Sources.operator(packageName, "Blur", operator))
        .source(packageName + ".Pack", Sources.pack(packageName, "Pack", id, registration, ""))
        .service(packageName + ".Pack")
        .build(folder);
  }

  private static void assertFailure(String golden, Path... jars) throws Exception {
    try (URLClassLoader loader = PackJar.loader(jars)) {
      assertThatThrownBy(() -> Searches.in(loader))
          .satisfies(failure -> Golden.assertMessage(failure, golden));
    }
  }
}
