package dev.stride.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SignatureTest {

  private static Signature.Builder minimal() {
    return Signature.named("acme.op").input("x").output("y");
  }

  @Test
  void ports_keep_their_order() {
    Signature signature =
        Signature.named("acme.axpy")
            .auxiliary("k", Double.class)
            .input("x")
            .input("y", Double.class)
            .input(Port.of("more").variadic())
            .output("out")
            .output("count", Integer.class)
            .build();

    assertThat(signature.inputs()).extracting(Port::name).containsExactly("k", "x", "y", "more");
    assertThat(signature.outputs()).extracting(Port::name).containsExactly("out", "count");
    assertThat(signature.differentiableInputs())
        .extracting(Port::name)
        .containsExactly("x", "y", "more");
    assertThat(signature.input("x")).map(Port::type).hasValue(Tensor.class);
    assertThat(signature.input("nope")).isEmpty();
    assertThat(signature)
        .hasToString(
            "acme.axpy(k: Double (auxiliary), x: Tensor, y: Double, more...: Tensor)"
                + " -> out: Tensor, count: Integer");
  }

  @Test
  void adjoint_needs_every_argument_unless_declared() {
    assertThat(minimal().build().adjointNeeds("x")).isTrue();
    assertThat(minimal().adjointNeeds().build().adjointNeeds("x")).isFalse();
    Signature some = minimal().input("z").adjointNeeds("z").build();
    assertThat(some.adjointNeeds("z")).isTrue();
    assertThat(some.adjointNeeds("x")).isFalse();
  }

  @Test
  void linear_ports_are_kept() {
    assertThat(minimal().linearIn("x").build().linearIn()).containsExactly("x");
    assertThat(minimal().build().linearIn()).isEmpty();
  }

  @Test
  void build_rejects_what_makes_no_sense_and_names_the_signature() {
    assertRejected(Signature.named("acme.op").input("x"), "no output");
    assertRejected(Signature.named(" ").output("y"), "blank");
    assertRejected(minimal().input("x"), "'x' stands twice");
    assertRejected(minimal().output("y"), "'y' stands twice");
    assertRejected(minimal().linearIn("z"), "linearIn names 'z'");
    assertRejected(minimal().adjointNeeds("z"), "adjointNeeds names 'z'");
    assertRejected(minimal().keepsOutputs("x"), "keepsOutputs names 'x', which is no output");
    assertRejected(minimal().input(Port.of("o").optional()).input("r"), "'r' follows an optional");
    assertRejected(minimal().output(Port.of("o").optional()), "cannot be optional");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> minimal().linearIn("z").build())
        .withMessageStartingWith("signature of acme.op");
  }

  private static void assertRejected(Signature.Builder builder, String why) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(why);
  }

  @Test
  void build_rejects_a_variadic_output_that_is_not_the_last() {
    assertRejected(
        Signature.named("acme.op").output(Port.of("parts").variadic()).output("rest"), "'parts'");
  }

  @Test
  void builder_can_go_on_after_build_without_changing_what_was_built() {
    Signature.Builder builder = minimal();
    Signature first = builder.build();
    builder.input("z");
    assertThat(first.inputs()).hasSize(1);
    assertThat(builder.build().inputs()).hasSize(2);
  }

  @Test
  void same_interface_compares_name_and_ports_not_declarations() {
    assertThat(minimal().build().sameInterface(minimal().linearIn("x").build())).isTrue();
    assertThat(minimal().build().sameInterface(minimal().input("z").build())).isFalse();
    assertThat(
            minimal().build().sameInterface(Signature.named("b.op").input("x").output("y").build()))
        .isFalse();
  }

  @Test
  void port_name_must_be_an_identifier() {
    for (String wrong : new String[] {"", "a b", "a.b", "1a", "a[0]"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Port.of(wrong))
          .withMessageContaining("'" + wrong + "'");
    }
    assertThat(Port.of("a_1").name()).isEqualTo("a_1");
  }

  @Test
  void port_text_shows_arity_type_and_kind() {
    assertThat(Port.of("x")).hasToString("x: Tensor");
    assertThat(Port.of("x").optional().typed(Double.class)).hasToString("x?: Double");
    assertThat(Port.auxiliary("k", Integer.class)).hasToString("k: Integer (auxiliary)");
  }
}
