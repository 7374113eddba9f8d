package dev.stride.core.internal.wiring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provides;
import dev.stride.api.AdjointCall;
import dev.stride.api.BlockingOperator;
import dev.stride.api.Engine;
import dev.stride.api.ForwardCall;
import dev.stride.api.Gradients;
import dev.stride.api.Outputs;
import dev.stride.api.Signature;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.OperatorPack;
import dev.stride.api.spi.OperatorRegistrar;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

/** An application with a Guice of its own gives its classes an engine, which has one per pack. */
class ApplicationWithGuiceTest {

  /** Of the application: a service that computes a slope. */
  static final class Slopes {
    private final Stride stride;
    private final Engine engine;

    @Inject
    Slopes(Stride stride, Engine engine) {
      this.stride = stride;
      this.engine = engine;
    }

    Tensor of(Tensor value) {
      Variable<Tensor> x = engine.parameter("x", value);
      stride.operator("acme.gain").call(x).adjoint().join();
      return requireNonNull(x.grad());
    }
  }

  /** Of the application: what its pack is made with. */
  record Settings(double gain) {}

  /** A pack that the application's injector makes, with an operator that the pack's makes. */
  static final class GainPack implements OperatorPack {
    private final Settings settings;

    @Inject
    GainPack(Settings settings) {
      this.settings = settings;
    }

    @Override
    public String id() {
      return "acme";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      registrar.install(
          new AbstractModule() {
            @Override
            protected void configure() {
              bind(Double.class).toInstance(settings.gain());
            }
          });
      registrar.operator(Gain.class);
    }
  }

  /** {@code y = gain x}. */
  static final class Gain implements BlockingOperator<Tensor> {
    private final double gain;

    @Inject
    Gain(Double gain) {
      this.gain = gain;
    }

    @Override
    public Signature signature() {
      return Signature.named("acme.gain").input("x").output("y").linearIn("x").build();
    }

    @Override
    public Outputs forward(ForwardCall call) {
      return Outputs.of(call.tensor("x").times(gain));
    }

    @Override
    public Gradients adjoint(AdjointCall call) {
      return Gradients.of(call.cotangent().times(gain));
    }
  }

  /** The module that an application writes. */
  static final class EngineModule extends AbstractModule {
    @Override
    protected void configure() {
      bind(Engine.class).to(Stride.class);
    }

    @Provides
    @Singleton
    Stride stride(GainPack pack) {
      return Stride.builder().withoutDiscovery().threads(2).pack(pack).build();
    }
  }

  private static AbstractModule settings(double gain) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(Settings.class).toInstance(new Settings(gain));
      }
    };
  }

  @Test
  void classes_of_an_application_are_given_its_one_engine() {
    Injector injector = Guice.createInjector(settings(3), new EngineModule());
    try (Stride stride = injector.getInstance(Stride.class)) {
      Slopes slopes = injector.getInstance(Slopes.class);
      assertThat(slopes.stride).isSameAs(stride);
      assertThat(slopes.engine).isSameAs(stride);
      assertThat(slopes.of(Tensor.scalar(5))).isEqualTo(Tensor.scalar(3));
    }
  }

  @Test
  void engine_of_a_parent_injector_serves_its_children() {
    Injector parent = Guice.createInjector(settings(3), new EngineModule());
    try (Stride stride = parent.getInstance(Stride.class)) {
      Injector child =
          parent.createChildInjector(
              new AbstractModule() {
                @Override
                protected void configure() {
                  bind(Slopes.class);
                }
              });
      assertThat(child.getInstance(Slopes.class).stride).isSameAs(stride);
      assertThat(child.getInstance(Slopes.class).of(Tensor.scalar(5))).isEqualTo(Tensor.scalar(3));
    }
  }

  @Test
  void children_of_one_injector_have_engines_of_their_own() {
    Injector parent = Guice.createInjector();
    Injector first = parent.createChildInjector(settings(3), new EngineModule());
    Injector second = parent.createChildInjector(settings(4), new EngineModule());
    try (Stride one = first.getInstance(Stride.class);
        Stride other = second.getInstance(Stride.class)) {
      assertThat(one).isNotSameAs(other);
      assertThat(first.getInstance(Slopes.class).of(Tensor.scalar(5))).isEqualTo(Tensor.scalar(3));
      assertThat(second.getInstance(Slopes.class).of(Tensor.scalar(5))).isEqualTo(Tensor.scalar(4));
    }
  }

  /** An operator that asks for what only the application binds. */
  static final class Greedy implements BlockingOperator<Tensor> {
    @Inject
    Greedy(Settings settings) {
      throw new AssertionError("made with " + settings);
    }

    @Override
    public Signature signature() {
      return Signature.named("acme.greedy").input("x").output("y").build();
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

  /** A pack of {@link Greedy}. */
  static final class GreedyPack implements OperatorPack {
    @Override
    public String id() {
      return "greedy";
    }

    @Override
    public void register(OperatorRegistrar registrar) {
      registrar.operator(Greedy.class);
    }
  }

  @Test
  void operators_see_the_bindings_of_their_pack_and_none_of_the_application() {
    Injector injector =
        Guice.createInjector(
            settings(3),
            new AbstractModule() {
              @Provides
              @Singleton
              Stride stride(GreedyPack pack, GainPack other) {
                return Stride.builder().withoutDiscovery().pack(pack).pack(other).build();
              }
            });
    try (Stride stride = injector.getInstance(Stride.class)) {
      Discovery.Status status = stride.discovery().pack("greedy").orElseThrow().status();
      assertThat(status).isInstanceOf(Discovery.Broken.class);
      assertThat(((Discovery.Broken) status).reason()).contains(Settings.class.getName());
      assertThat(stride.discovery().pack("acme").orElseThrow().isAvailable()).isTrue();
    }
  }
}
