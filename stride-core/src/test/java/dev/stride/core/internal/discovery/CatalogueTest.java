package dev.stride.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.api.spi.VectorSpace;
import dev.stride.core.internal.engine.Implementation;
import dev.stride.core.packs.Golden;
import dev.stride.core.packs.Identity;
import dev.stride.core.packs.LambdaPack;
import dev.stride.core.packs.Searches;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  private static final Device DEVICE = new Device("acme:0");

  @Test
  void implementations_takes_full_names_and_short_ones_of_stride() {
    Catalogue catalogue =
        Searches.given(
            LambdaPack.with("acme", "stride.conv"), LambdaPack.with("other", "acme.conv.fast"));
    assertThat(catalogue.implementations("stride.conv")).hasSize(1);
    assertThat(catalogue.implementations("conv"))
        .isEqualTo(catalogue.implementations("stride.conv"));
    assertThat(catalogue.implementations("acme.conv.fast")).hasSize(1);
    assertThatThrownBy(() -> catalogue.implementations("conv.fast"))
        .isInstanceOf(StrideException.class);
  }

  @Test
  void implementations_resolves_a_short_name_to_stride_first() {
    Catalogue catalogue =
        Searches.given(LambdaPack.with("acme", "conv"), LambdaPack.with("other", "stride.conv"));
    assertThat(catalogue.implementations("conv"))
        .extracting(Implementation::pack)
        .containsExactly("other");
  }

  @Test
  void implementations_has_the_highest_priority_of_each_device_and_the_cpu_first() {
    Catalogue catalogue =
        Searches.given(
            LambdaPack.of(
                "acme.gpu",
                registrar -> {
                  registrar.device(DEVICE);
                  registrar.operator(() -> new Identity("acme.blur")).device(DEVICE);
                }),
            LambdaPack.with("acme.plain", "acme.blur"),
            LambdaPack.of(
                "acme.fast",
                registrar -> registrar.operator(() -> new Identity("acme.blur")).priority(1)));
    assertThat(catalogue.implementations("acme.blur"))
        .extracting(Implementation::pack, Implementation::device, Implementation::priority)
        .containsExactly(tuple("acme.fast", Device.CPU, 1), tuple("acme.gpu", DEVICE, 0));
    assertThat(catalogue.discovery().operators("acme.blur"))
        .extracting(entry -> entry.pack())
        .containsExactly("acme.fast", "acme.plain", "acme.gpu");
  }

  @Test
  void implementations_of_an_unknown_name_says_what_was_found() {
    Catalogue catalogue =
        Searches.given(
            LambdaPack.of(
                "acme.filters",
                registrar -> {
                  registrar.operator(() -> new Identity("stride.conv"));
                  registrar.operator(() -> new Identity("acme.blur"));
                }),
            LambdaPack.with("acme.one", "acme.sharpen"),
            LambdaPack.unavailable("acme.gpu", "no OpenCL device", "install a driver"),
            LambdaPack.of(
                "acme.old",
                registrar -> {
                  throw new IllegalStateException("no licence");
                }));
    assertThatThrownBy(() -> catalogue.implementations("my.conv"))
        .isInstanceOfSatisfying(
            StrideException.class, failure -> assertThat(failure.id()).isEqualTo("NoOperator"))
        .satisfies(failure -> Golden.assertMessage(failure, "no-operator"));
  }

  @Test
  void implementations_without_any_pack_says_what_to_add() {
    assertThatThrownBy(() -> Searches.given().implementations("multiply"))
        .satisfies(failure -> Golden.assertMessage(failure, "no-pack"));
  }

  @Test
  void packOf_is_by_identity_under_any_name() {
    Identity registered = new Identity("acme.blur");
    Catalogue catalogue =
        Searches.given(
            LambdaPack.of(
                "acme", registrar -> registrar.operator(() -> registered.named("alias"))));
    assertThat(catalogue.packOf(registered)).isEqualTo("acme");
    assertThat(catalogue.packOf(registered.named("mine"))).isEqualTo("acme");
    Operator<Tensor> own = new Identity("acme.blur");
    assertThat(catalogue.packOf(own)).isEqualTo("user");
  }

  @Test
  void space_is_found_for_the_class_that_a_pack_registers() {
    VectorSpace<StringBuilder> space = mock();
    when(space.type()).thenReturn(StringBuilder.class);
    when(space.device()).thenReturn(Device.CPU);
    when(space.knows(any())).thenReturn(true);
    Catalogue catalogue =
        Searches.given(LambdaPack.of("acme", registrar -> registrar.vectorSpace(space)));
    assertThat(catalogue.space(new StringBuilder())).isSameAs(space);
    assertThat(catalogue.findSpace(new StringBuilder())).containsSame(space);
    assertThat(catalogue.findSpace("text")).isEmpty();
    assertThat(catalogue.spaces()).hasSize(3).contains(space);
  }
}
