package dev.stride.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Tensor;
import dev.stride.api.Variable;
import dev.stride.core.Stride;
import dev.stride.core.fixtures.Waiting;
import dev.stride.core.packs.MatrixSources;
import dev.stride.core.packs.PackJar;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * E15. A pack from a jar that the engine finds brings matrices, a class that neither the engine nor
 * this test knows, and their vector space; graphs of them are differentiated like any others.
 */
class OwnValuesTest {

  @TempDir private Path folder;
  private URLClassLoader plugins;
  private Stride stride;
  private Variable<Tensor> elements;

  @BeforeEach
  void find() {
    open(true);
  }

  private void open(boolean withSpace) {
    Path jar = MatrixSources.jar(withSpace).build(folder);
    plugins = PackJar.loader(jar);
    stride = Stride.builder().classLoader(plugins).requirePack("acme.matrix").threads(2).build();
    elements = stride.parameter("elements", Tensor.of(1.0, 2.0, 3.0, 4.0));
  }

  @AfterEach
  void close() throws IOException {
    stride.close();
    plugins.close();
  }

  private Variable<Object> matrix(Object values) {
    return stride.operator("acme.matrix.of", Object.class).call(values, 2);
  }

  private Variable<Object> product(Object a, Object b) {
    return stride.operator("acme.matrix.product", Object.class).call(a, b);
  }

  private Variable<Double> trace(Object a) {
    return stride.operator("acme.matrix.trace", Double.class).call(a);
  }

  @Test
  void cotangents_of_the_packs_own_class_pass_through_its_operators() {
    Variable<Object> weights = matrix(Tensor.of(5.0, 6.0, 7.0, 8.0));
    Variable<Double> loss = trace(product(weights, matrix(elements)));
    Waiting.on(loss.adjoint());

    assertThat(loss.get()).isEqualTo(5.0 * 1 + 6.0 * 3 + 7.0 * 2 + 8.0 * 4);
    assertThat(elements.grad()).isEqualTo(Tensor.of(5.0, 7.0, 6.0, 8.0)); // Transposed.
  }

  @Test
  void cotangents_of_a_matrix_that_is_used_often_are_added_by_its_space() {
    Variable<Object> a = matrix(elements);
    Variable<Double> loss = trace(product(product(a, a), a));
    Waiting.on(loss.adjoint());

    // The gradient of tr(A^3) is 3 (A^2) transposed.
    assertThat(loss.get()).isEqualTo(155.0);
    assertThat(elements.grad()).isEqualTo(Tensor.of(21.0, 45.0, 30.0, 66.0));
  }

  @Test
  void leaf_of_the_packs_own_class_sums_the_gradients_of_its_runs() {
    Variable<Object> leaf = stride.parameter("leaf", Waiting.on(matrix(elements).value()));
    Waiting.on(trace(product(leaf, leaf)).adjoint());
    assertThat(leaf.grad()).hasToString("2x2[2.0, 6.0, 4.0, 8.0]");

    Waiting.on(trace(leaf).adjoint());
    assertThat(leaf.grad()).hasToString("2x2[3.0, 6.0, 4.0, 9.0]");
  }

  @Test
  void root_of_the_packs_own_class_takes_a_seed_of_it() {
    Variable<Object> root = product(matrix(elements), matrix(Tensor.of(5.0, 6.0, 7.0, 8.0)));
    Object seed = Waiting.on(matrix(Tensor.of(1.0, 0.0, 0.0, 0.0)).value());
    Waiting.on(root.adjoint(seed));

    assertThat(elements.grad()).isEqualTo(Tensor.of(5.0, 7.0, 0.0, 0.0));
  }

  @Test
  void root_of_the_packs_own_class_without_a_seed_is_refused_and_its_spec_named() {
    Variable<Object> root = matrix(elements);
    assertThat(Waiting.failureOf(() -> root.adjoint())).hasMessageContaining("Matrix 2x2");
  }

  @Test
  @SuppressWarnings("unchecked")
  void cotangent_that_no_one_gives_is_a_zero_of_the_space() {
    Variable<Object> leaf = stride.parameter("leaf", Waiting.on(matrix(elements).value()));
    Variable<Object> other = stride.parameter("other", leaf.get());
    assertThat(Waiting.on(stride.gradients(trace(leaf), other)).getFirst())
        .hasToString("2x2[0.0, 0.0, 0.0, 0.0]");
  }

  @Test
  void class_without_a_space_is_refused_and_named() throws IOException {
    close();
    open(false);
    Object value = Waiting.on(matrix(Tensor.of(1.0, 2.0, 3.0, 4.0)).value());
    assertThat(Waiting.failureOf(() -> trace(stride.parameter("leaf", value)).adjoint()))
        .hasMessageContaining("com.acme.matrix.Matrix");
  }
}
