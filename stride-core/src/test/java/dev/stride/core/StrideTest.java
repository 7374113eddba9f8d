package dev.stride.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.stride.api.Device;
import dev.stride.api.Operator;
import dev.stride.api.StrideException;
import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.api.spi.EngineListener;
import dev.stride.core.fixtures.Engines;
import dev.stride.core.fixtures.TestPack;
import dev.stride.core.packs.LambdaPack;
import dev.stride.core.packs.PackJar;
import dev.stride.core.packs.Sources;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrideTest {

  @TempDir private Path folder;

  @Test
  void example_of_the_readme_works() {
    try (Stride stride = Engines.engine()) {
      Variable<Tensor> x = stride.parameter("x", Tensor.of(1, 2, 3));
      Operator<Tensor> multiply = stride.operator("multiply");
      Variable<Tensor> y = multiply.call(x, x);
      Variable<Tensor> loss = stride.operator("sum").call(y);
      loss.adjoint().join();
      assertThat(x.grad()).isEqualTo(Tensor.of(2, 4, 6));
    }
  }

  @Test
  void create_discovers_packs_with_the_context_class_loader() throws Exception {
    Path jar = Sources.filters("acme").service("com.acme.Filters").build(folder);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader plugins = PackJar.loader(jar)) {
      thread.setContextClassLoader(plugins);
      try (Stride stride = Stride.create()) {
        assertBlurs(stride);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void create_works_without_a_context_class_loader() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try (Stride stride = Stride.create()) {
      assertThat(stride.discovery().packs()).isEmpty();
      assertThat(stride).hasToString("Stride[]");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void build_searches_the_class_loader_given() throws Exception {
    Path jar = Sources.filters("acme").service("com.acme.Filters").build(folder);
    try (URLClassLoader plugins = PackJar.loader(jar)) {
      try (Stride stride = Stride.builder().classLoader(plugins).build()) {
        assertBlurs(stride);
      }
      try (Stride stride = Stride.builder().classLoader(plugins).withoutDiscovery().build()) {
        assertThat(stride.discovery().packs()).isEmpty();
      }
    }
  }

  private static void assertBlurs(Stride stride) {
    assertThat(stride.discovery().pack("acme.filters")).isPresent();
    Variable<Tensor> x = stride.parameter(Tensor.of(2.0));
    Variable<Tensor> y = stride.operator("acme.blur").call(x);
    y.adjoint().join();
    assertThat(y.get()).isEqualTo(Tensor.of(2.0));
    assertThat(x.grad()).isEqualTo(Tensor.of(1.0));
  }

  @Test
  void operator_of_an_unknown_name_says_what_was_probably_meant() {
    try (Stride stride = Engines.engine()) {
      assertThatThrownBy(() -> stride.operator("mulitply"))
          .isInstanceOf(StrideException.class)
          .hasMessageContaining("No operator \"mulitply\". Found: test (9 operators).")
          .hasMessageContaining("Did you mean \"stride.multiply\"?");
    }
  }

  @Test
  void on_a_device_that_nobody_brings_lists_those_there_are() {
    try (Stride stride = Engines.engine()) {
      assertThatThrownBy(() -> stride.on(new Device("opencl:7")))
          .isInstanceOf(StrideException.class)
          .hasMessageContaining("opencl:7")
          .hasMessageContaining("cpu");
    }
  }

  @Test
  void close_closes_each_pack_once() {
    TestPack pack = new TestPack();
    Stride stride = Stride.builder().withoutDiscovery().pack(pack).build();
    stride.close();
    stride.close();
    assertThat(pack.closed()).isEqualTo(1);
  }

  @Test
  void build_that_fails_closes_packs_and_threads_but_not_the_executor_given() {
    Set<Thread> before = threads();
    LambdaPack pack = LambdaPack.with("acme", "acme.blur");
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      StrideBuilder builder =
          Stride.builder().withoutDiscovery().pack(pack).requirePack("acme.gpu");
      assertThatThrownBy(() -> builder.executor(executor).build())
          .isInstanceOf(StrideException.class)
          .hasMessageStartingWith("[Stride/RequiredPack] Pack \"acme.gpu\"");
      assertThat(executor.isShutdown()).isFalse();
    }
    assertThatThrownBy(
            () -> Stride.builder().withoutDiscovery().requirePack("acme.gpu").threads(3).build())
        .isInstanceOf(StrideException.class);
    assertThat(pack.closed()).isEqualTo(1);
    Set<Thread> left = threads();
    left.removeAll(before);
    assertThat(left).isEmpty();
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive() && thread.getName().startsWith("stride"))
        .collect(Collectors.toSet());
  }

  @Test
  void build_tells_its_listeners() {
    EngineListener listener = mock();
    try (Stride stride = Engines.builder().listener(listener).build()) {
      Variable<Tensor> x = stride.parameter(Tensor.of(2.0));
      stride.operator("sum").call(x).adjoint().join();
    }
    verify(listener, atLeastOnce()).started(any());
    verify(listener, atLeastOnce()).accumulated(any());
  }

  @Test
  void build_can_be_called_again() {
    StrideBuilder builder = Engines.builder();
    try (Stride first = builder.build();
        Stride second = builder.build()) {
      assertThat(first.discovery()).isNotSameAs(second.discovery());
      assertThat(second.operator("sum").call(Tensor.of(1, 2)).get()).isEqualTo(Tensor.scalar(3f));
    }
  }
}
