package dev.stride.core.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.stride.api.Device;
import dev.stride.api.StrideException;
import dev.stride.api.spi.Availability;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.api.spi.PackContext;
import dev.stride.api.spi.Sample;
import dev.stride.core.Discovery;
import dev.stride.core.Discovery.Broken;
import dev.stride.core.packs.Golden;
import dev.stride.core.packs.Identity;
import dev.stride.core.packs.LambdaPack;
import dev.stride.core.packs.Searches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackSearchTest {

  @Test
  void run_reports_packs_and_operators_sorted() {
    Sample sample = Sample.of(1.0);
    Discovery discovery =
        Searches.given(
                LambdaPack.with("zeta", "acme.z"),
                LambdaPack.of(
                    "acme.filters",
                    registrar -> {
                      registrar
                          .operator(() -> new Identity("acme.blur"))
                          .priority(3)
                          .samples(() -> List.of(sample));
                      registrar.operator(() -> new Identity("acme.airy"));
                    }))
            .discovery();
    assertThat(discovery.packs())
        .extracting(Discovery.Pack::id)
        .containsExactly("acme.filters", "zeta");
    assertThat(discovery.packs()).allMatch(Discovery.Pack::isAvailable);
    assertThat(discovery.operators())
        .extracting(Discovery.Entry::name)
        .containsExactly("acme.airy", "acme.blur", "acme.z");
    Discovery.Entry blur = discovery.operators("acme.blur").getFirst();
    assertThat(blur.signature()).hasToString("acme.blur(x: Tensor) -> y: Tensor");
    assertThat(blur.pack()).isEqualTo("acme.filters");
    assertThat(blur.packVersion()).isEqualTo("1.2");
    assertThat(blur.device()).isEqualTo(Device.CPU);
    assertThat(blur.priority()).isEqualTo(3);
    assertThat(blur.samples().get()).containsExactly(sample);
  }

  @Test
  void run_says_where_a_pack_was_loaded_from() {
    Discovery discovery = Searches.given(LambdaPack.with("acme", "acme.blur")).discovery();
    assertThat(discovery.packs().getFirst().location()).endsWith("test-classes");
  }

  @Test
  void run_gives_a_pack_its_configuration_and_the_executor() {
    List<PackContext> seen = new ArrayList<>();
    LambdaPack pack =
        LambdaPack.probing(
            "acme.filters",
            context -> {
              seen.add(context);
              return Availability.available();
            });
    Executor executor = mock(Executor.class);
    DiscoverySettings settings =
        Searches.settings(
            Set.of(),
            Map.of("acme.filters.order", "4", "acme.filters.a.b", "c", "acme.filtersX.order", "5"),
            pack);
    new PackSearch(settings, mock(Injection.Factory.class)).run(executor);
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().configuration())
        .containsOnly(Map.entry("order", "4"), Map.entry("a.b", "c"));
    assertThat(seen.getFirst().executor()).isSameAs(executor);
    assertThat(seen.getFirst().classLoader()).isSameAs(settings.classLoader());
  }

  @Test
  void run_reports_an_unavailable_pack_and_never_registers_it() {
    OperatorPack pack = mock();
    when(pack.id()).thenReturn("acme.gpu");
    when(pack.version()).thenReturn("1");
    when(pack.availability(any()))
        .thenReturn(Availability.unavailable("no OpenCL device", "install a driver"));
    Discovery discovery = Searches.given(pack).discovery();
    assertThat(discovery.pack("acme.gpu").orElseThrow().status())
        .isEqualTo(new Discovery.Unavailable("no OpenCL device", "install a driver"))
        .hasToString("unavailable: no OpenCL device (install a driver)");
    verify(pack, times(1)).availability(any());
    verify(pack, never()).register(any());
  }

  @ParameterizedTest
  @ValueSource(strings = {"id()", "version()", "availability()", "register()"})
  void run_reports_a_pack_that_throws_and_goes_on(String phase) {
    OperatorPack pack = failing(phase, new NoSuchMethodError("'void legacy()'"));
    Catalogue catalogue = Searches.given(pack, LambdaPack.with("acme.good", "acme.blur"));
    assertThat(broken(catalogue).reason())
        .startsWith(phase + " threw NoSuchMethodError: 'void legacy()'; it was probably compiled")
        .contains("another version of stride-api");
    assertThat(broken(catalogue).cause()).isInstanceOf(NoSuchMethodError.class);
    assertThat(catalogue.implementations("acme.blur")).hasSize(1);
  }

  private static OperatorPack failing(String phase, Throwable failure) {
    OperatorPack pack = mock();
    when(pack.id()).thenReturn("acme.broken");
    when(pack.version()).thenReturn("1");
    when(pack.availability(any())).thenReturn(Availability.available());
    OperatorPack failing = doThrow(failure).when(pack);
    switch (phase) {
      case "id()" -> failing.id();
      case "version()" -> failing.version();
      case "availability()" -> failing.availability(any());
      default -> failing.register(any());
    }
    return pack;
  }

  @Test
  void run_survives_errors_and_checked_exceptions() {
    for (Throwable failure : List.of(new StackOverflowError(), new IOException("disk"))) {
      OperatorPack pack = LambdaPack.of("acme", registrar -> sneak(failure));
      assertThat(broken(Searches.given(pack)).cause()).isSameAs(failure);
    }
  }

  @Test
  void run_keeps_the_interrupt_of_a_pack_that_was_interrupted() {
    Searches.given(LambdaPack.of("acme", registrar -> sneak(new InterruptedException())));
    assertThat(Thread.interrupted()).isTrue();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void run_keeps_nothing_of_a_pack_that_fails_midway() {
    Device device = new Device("acme:0");
    LambdaPack pack =
        LambdaPack.of(
            "acme.broken",
            registrar -> {
              registrar.operator(() -> new Identity("acme.blur"));
              registrar.device(device);
              registrar.vectorSpace(mock());
              throw new IllegalStateException("no licence");
            });
    Catalogue catalogue = Searches.given(pack);
    assertThat(broken(catalogue).reason())
        .isEqualTo("register() threw IllegalStateException: no licence");
    assertThat(catalogue.discovery().operators()).isEmpty();
    assertThat(catalogue.devices()).containsExactly(Device.CPU);
    assertThat(catalogue.spaces()).hasSize(2);
    assertThat(pack.closed()).isEqualTo(1);
  }

  @Test
  void run_reports_a_pack_whose_operator_cannot_be_made() {
    LambdaPack pack =
        LambdaPack.of(
            "acme.broken",
            registrar -> {
              registrar.operator(() -> new Identity("acme.blur"));
              registrar.operator(() -> {
                throw new IllegalStateException("no table");
              });
            });
    Catalogue catalogue = Searches.given(pack);
    assertThat(broken(catalogue).reason())
        .isEqualTo("the supplier of operator 1 threw IllegalStateException: no table");
    assertThat(catalogue.discovery().operators()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", ".dot", "dot.", "a..b"})
  void run_reports_a_pack_without_a_proper_id(String id) {
    assertThat(broken(Searches.given(LambdaPack.with(id, "acme.blur"))).reason())
        .startsWith("id() returned \"" + id + "\"; expected words of letters");
  }

  @Test
  @SuppressWarnings("NullAway")
  void run_reports_a_pack_that_returns_null() {
    OperatorPack withoutId = mock();
    assertThat(broken(Searches.given(withoutId)).reason()).startsWith("id() returned null;");
    LambdaPack withoutAvailability = LambdaPack.probing("acme", context -> null);
    assertThat(broken(Searches.given(withoutAvailability)).reason())
        .isEqualTo("availability() returned null");
    LambdaPack withoutOperator = LambdaPack.of("acme", registrar -> registrar.operator(() -> null));
    assertThat(broken(Searches.given(withoutOperator)).reason())
        .isEqualTo("the supplier of operator 0 returned null");
  }

  @Test
  void run_closes_the_registrar_when_register_returns() {
    List<OperatorRegistrar> kept = new ArrayList<>();
    List<OperatorRegistrar.Registration> registrations = new ArrayList<>();
    Searches.given(
        LambdaPack.of(
            "acme",
            registrar -> {
              kept.add(registrar);
              registrations.add(registrar.operator(() -> new Identity("acme.blur")));
            }));
    OperatorRegistrar late = kept.getFirst();
    List<Consumer<OperatorRegistrar>> uses =
        List.of(
            r -> r.operator(() -> new Identity("acme.late")),
            r -> r.operator(Identity.class),
            r -> r.vectorSpace(mock()),
            r -> r.device(Device.CPU),
            r -> r.install(new Object()),
            r -> registrations.getFirst().priority(1),
            r -> registrations.getFirst().device(Device.CPU),
            r -> registrations.getFirst().samples(List::of));
    for (Consumer<OperatorRegistrar> use : uses) {
      assertThatIllegalStateException()
          .isThrownBy(() -> use.accept(late))
          .withMessageContaining("pack \"acme\": the registrar is used after register() returned");
    }
  }

  @Test
  void run_rejects_operators_for_a_device_that_nobody_brings() {
    Device device = new Device("acme:0");
    Consumer<OperatorRegistrar> stranded =
        registrar -> registrar.operator(() -> new Identity("acme.blur")).device(device);
    LambdaPack pack = LambdaPack.of("acme.kernels", stranded);
    assertThat(broken(Searches.given(pack)).reason())
        .isEqualTo(
            "operator acme.blur is for device acme:0, which no pack brings; call"
                + " registrar.device(..) for it");
    assertThat(pack.closed()).isEqualTo(1);
    LambdaPack driver = LambdaPack.of("acme.driver", registrar -> registrar.device(device));
    Catalogue both = Searches.given(LambdaPack.of("acme.kernels", stranded), driver);
    assertThat(both.discovery().packs()).allMatch(Discovery.Pack::isAvailable);
    assertThat(both.devices()).containsExactly(Device.CPU, device);
  }

  @Test
  void run_drops_the_devices_of_a_pack_that_it_rejects() {
    Device kept = new Device("kept:0");
    LambdaPack rejected =
        LambdaPack.of(
            "acme.a",
            registrar -> {
              registrar.device(kept);
              registrar.operator(() -> new Identity("acme.a")).device(new Device("missing:0"));
            });
    LambdaPack dependent =
        LambdaPack.of(
            "acme.b", registrar -> registrar.operator(() -> new Identity("acme.b")).device(kept));
    assertThat(Searches.given(dependent, rejected).discovery().packs())
        .noneMatch(Discovery.Pack::isAvailable);
  }

  @Test
  void run_fails_if_a_required_pack_is_missing_and_says_what_there_is() {
    assertThatThrownBy(() ->
            Searches.run(
                Searches.settings(
                    Set.of("acme.filter"), Map.of(), LambdaPack.with("acme.filters", "a.b"))))
        .satisfies(failure -> Golden.assertMessage(failure, "required-pack-missing"));
  }

  @Test
  void run_fails_if_a_required_pack_is_unavailable() {
    LambdaPack pack = LambdaPack.unavailable("acme.gpu", "no OpenCL device", "install a driver");
    assertThatThrownBy(() -> Searches.run(Searches.settings(Set.of("acme.gpu"), Map.of(), pack)))
        .satisfies(failure -> Golden.assertMessage(failure, "required-pack-unavailable"));
    assertThat(pack.closed()).isEqualTo(1);
  }

  @Test
  void run_fails_if_a_required_pack_is_broken() {
    OperatorPack pack = failing("register()", new IllegalStateException("no licence"));
    assertThatThrownBy(() -> Searches.run(Searches.settings(Set.of("acme.broken"), Map.of(), pack)))
        .isInstanceOf(StrideException.class)
        .hasMessageContaining(
            "is required but broken: register() threw IllegalStateException: no licence.");
    verify(pack, times(1)).close();
  }

  @Test
  void run_names_every_problem_at_once_and_closes_every_pack() {
    LambdaPack first = LambdaPack.with("acme.filters", "acme.blur");
    LambdaPack second = LambdaPack.with("acme.filters", "acme.blur");
    assertThatThrownBy(
            () -> Searches.run(Searches.settings(Set.of("acme.gpu"), Map.of(), first, second)))
        .satisfies(failure -> Golden.assertMessage(failure, "several-problems"))
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(3));
    assertThat(first.closed()).isEqualTo(1);
    assertThat(second.closed()).isEqualTo(1);
  }

  @Test
  void close_closes_every_pack_once_even_if_one_fails() {
    LambdaPack first = LambdaPack.with("acme.first", "acme.a");
    OperatorPack failing = mock();
    when(failing.id()).thenReturn("acme.failing");
    when(failing.version()).thenReturn("1");
    when(failing.availability(any())).thenReturn(Availability.available());
    doThrow(new LinkageError("gone")).when(failing).close();
    LambdaPack last = LambdaPack.unavailable("acme.last", "no reason", "");
    Catalogue catalogue = Searches.given(first, failing, last);
    catalogue.close();
    catalogue.close();
    assertThat(first.closed()).isEqualTo(1);
    verify(failing, times(1)).close();
    assertThat(last.closed()).isEqualTo(1);
  }

  private static Broken broken(Catalogue catalogue) {
    return catalogue.discovery().packs().stream()
        .map(Discovery.Pack::status)
        .filter(Broken.class::isInstance)
        .map(Broken.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
