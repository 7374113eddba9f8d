package dev.stride.core.internal.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.inject.AbstractModule;
import com.google.inject.name.Named;
import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Device;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.PackContext;
import dev.stride.core.Discovery;
import dev.stride.core.internal.discovery.Catalogue;
import dev.stride.core.internal.discovery.DiscoverySettings;
import dev.stride.core.internal.discovery.Injection;
import dev.stride.core.internal.discovery.PackException;
import dev.stride.core.internal.discovery.PackSearch;
import dev.stride.core.packs.LambdaPack;
import dev.stride.core.packs.PackJar;
import dev.stride.core.packs.Searches;
import dev.stride.core.packs.Sources;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuiceInjectionTest {

  private static final Executor EXECUTOR = Runnable::run;

  @TempDir private Path folder;

  /** What the module of a pack binds. */
  private interface Table {}

  @Singleton
  private static final class SharedTable implements Table {}

  /** An operator that asks for everything it can have. */
  static final class Wired implements BlockingOperator<Tensor> {

    private final PackContext context;
    private final Executor executor;
    private final Device device;
    private final int order;
    private final Table table;

    @Inject
    Wired(
        PackContext context,
        Executor executor,
        Device device,
        @Named("order") int order,
        Table table) {
      this.context = context;
      this.executor = executor;
      this.device = device;
      this.order = order;
      this.table = table;
    }

    @Override
    public Signature signature() {
      return Signature.named("acme.wired").input("x").output("y").build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x"));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent());
    }
  }

  private static final class TableModule extends AbstractModule {
    @Override
    protected void configure() {
      bind(Table.class).to(SharedTable.class);
    }
  }

  @Test
  void construct_gives_an_operator_all_it_asks_for() {
    Device device = new Device("acme:0");
    Catalogue catalogue =
        search(
            Map.of("acme.order", "4"),
            LambdaPack.of(
                "acme",
                registrar -> {
                  registrar.install(new TableModule());
                  registrar.device(device);
                  registrar.operator(Wired.class);
                  registrar.operator(Wired.class).device(device);
                }));
    List<Wired> made =
        catalogue.implementations("acme.wired").stream()
            .map(implementation -> (Wired) implementation.operator())
            .toList();
    assertThat(made).extracting(wired -> wired.device).containsExactly(Device.CPU, device);
    assertThat(made).allMatch(wired -> wired.order == 4).allMatch(w -> w.executor == EXECUTOR);
    assertThat(made.getFirst().context.configuration()).containsEntry("order", "4");
    assertThat(made.getFirst().table).isSameAs(made.getLast().table);
  }

  @Test
  void construct_takes_modules_installed_after_the_operator() {
    Catalogue catalogue =
        search(
            Map.of("acme.order", "4"),
            LambdaPack.of(
                "acme",
                registrar -> {
                  registrar.operator(Wired.class);
                  registrar.install(new TableModule());
                }));
    assertThat(catalogue.implementations("acme.wired")).hasSize(1);
  }

  @Test
  void construct_without_a_binding_makes_the_pack_broken_and_names_what_is_missing() {
    Catalogue catalogue =
        search(
            Map.of("acme.order", "4"),
            LambdaPack.of("acme", registrar -> registrar.operator(Wired.class)));
    assertThat(reason(catalogue, "acme"))
        .isEqualTo(
            "injecting "
                + Wired.class.getName()
                + " failed: No implementation for "
                + Table.class.getName()
                + " was bound.");
  }

  /** An operator whose constructor throws. */
  static final class Failing {
    @Inject
    Failing() {
      throw new IllegalStateException("no licence");
    }
  }

  @Test
  void construct_reports_what_a_constructor_threw() {
    Injection injection = new InjectionOnDemand().create(context(), List.of());
    assertThatThrownBy(() -> injection.construct(Failing.class, Device.CPU))
        .isInstanceOf(PackException.class)
        .hasMessageStartingWith("injecting " + Failing.class.getName() + " failed: ")
        .hasMessageEndingWith("java.lang.IllegalStateException: no licence")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void construct_leaves_the_device_to_a_module_that_binds_it() {
    Device own = new Device("own:1");
    AbstractModule module =
        new AbstractModule() {
          @Override
          protected void configure() {
            install(new TableModule());
            bind(Device.class).toInstance(own);
          }
        };
    Injection injection = new InjectionOnDemand().create(context(), List.of(module));
    assertThat(injection.construct(Wired.class, Device.CPU).device).isSameAs(own);
  }

  private static PackContext context() {
    PackContext context = mock();
    when(context.configuration()).thenReturn(Map.of("order", "4"));
    when(context.executor()).thenReturn(EXECUTOR);
    return context;
  }

  @Test
  void construct_keeps_packs_apart() {
    Catalogue catalogue =
        search(
            Map.of("acme.a.order", "4", "acme.b.order", "5"),
            LambdaPack.of("acme.a", registrar -> registrar.install(new TableModule())),
            LambdaPack.of("acme.b", registrar -> registrar.operator(Wired.class)));
    assertThat(catalogue.discovery().pack("acme.a").orElseThrow().isAvailable()).isTrue();
    assertThat(catalogue.discovery().pack("acme.b").orElseThrow().isAvailable()).isFalse();
  }

  @Test
  void check_refuses_what_is_no_module() {
    Catalogue catalogue =
        search(Map.of(), LambdaPack.of("acme", registrar -> registrar.install("a text")));
    assertThat(reason(catalogue, "acme"))
        .isEqualTo(
            "register() threw IllegalArgumentException: install got a java.lang.String; expected a"
                + " com.google.inject.Module of the Guice that Stride uses");
  }

  @Test
  void create_reports_a_module_that_fails_even_if_nothing_is_injected() {
    AbstractModule failing =
        new AbstractModule() {
          @Override
          protected void configure() {
            addError("table.bin is missing");
          }
        };
    Catalogue catalogue =
        search(Map.of(), LambdaPack.of("acme", registrar -> registrar.install(failing)));
    assertThat(reason(catalogue, "acme")).isEqualTo("starting Guice failed: table.bin is missing");
  }

  @Test
  void construct_on_the_module_path_needs_an_open_package_and_says_how() {
    Catalogue closed = inModule("closed", "");
    assertThat(reason(closed, "acme.filters"))
        .isEqualTo(
            "com.acme.Blur is registered by class, but its package is not open to Guice. Add"
                + " \"opens com.acme to com.google.guice;\" to the module-info of acme.closed, or"
                + " register a supplier: registrar.operator(Blur::new)");
    Catalogue exported = inModule("exported", "exports com.acme;");
    assertThat(reason(exported, "acme.filters")).contains("opens com.acme to com.google.guice;");
    Catalogue open = inModule("open", "opens com.acme to com.google.guice;");
    assertThat(open.implementations("acme.blur")).hasSize(1);
  }

  private Catalogue inModule(String name, String directive) {
    String info =
        """
        module acme.%s {
          requires dev.stride.api;
          provides dev.stride.api.spi.OperatorPack with com.acme.Filters;
          %s
        }
        """
            .formatted(name, directive);
    String operator =
        Sources.operator("com.acme", "Blur", "acme.blur")
            .replace(
                "{\n  @Override public Sig",
                "{\n  @jakarta.inject.Inject Blur() {}\n  @Override public Sig");
    Path jar =
        PackJar.named(name)
            .source("module-info", info)
            .source("com.acme.Blur", operator)
            .source(
                "com.acme.Filters",
                Sources.pack(
                    "com.acme", "Filters", "acme.filters", "registrar.operator(Blur.class);", ""))
            .build(folder);
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(jar), ModuleFinder.of(), Set.of("acme." + name));
    ClassLoader loader =
        boot.defineModulesWithOneLoader(configuration, PackJar.class.getClassLoader())
            .findLoader("acme." + name);
    return search(new DiscoverySettings(loader, true, List.of(), Set.of(), false, Map.of()));
  }

  private static Catalogue search(Map<String, String> configuration, OperatorPack... packs) {
    return search(Searches.settings(Set.of(), configuration, packs));
  }

  private static Catalogue search(DiscoverySettings settings) {
    return new PackSearch(settings, new InjectionOnDemand()).run(EXECUTOR);
  }

  private static String reason(Catalogue catalogue, String pack) {
    Discovery.Status status = catalogue.discovery().pack(pack).orElseThrow().status();
    return ((Discovery.Broken) status).reason();
  }
}
