package dev.stride.core.packs;

/** Source code of third-party packs. */
public final class Sources {

  private Sources() {}

  /** An operator that returns its input. */
  public static String operator(String packageName, String type, String name) {
    return """
    package %s;
    import dev.stride.api.*;
    public final class %s implements BlockingOperator<Tensor> {
      @Override public Signature signature() {
        return Signature.named("%s").input("x").output("y").linearIn("x").build();
      }
      @Override public Outputs forward(ForwardCall call) { return Outputs.of(call.tensor("x")); }
      @Override public Gradients adjoint(AdjointCall call) {
        return Gradients.of(call.cotangent());
      }
    }
    """
        .formatted(packageName, type, name);
  }

  /** A pack; {@code members} may add a constructor, fields and so on. */
  public static String pack(
      String packageName, String type, String id, String registration, String members) {
    return """
    package %s;
    import dev.stride.api.*;
    import dev.stride.api.spi.*;
    public final class %s implements OperatorPack {
      @Override public String id() { return "%s"; }
      @Override public void register(OperatorRegistrar registrar) { %s }
      %s
    }
    """
        .formatted(packageName, type, id, registration, members);
  }

  /** The pack {@code acme.filters} with the operator {@code acme.blur}. */
  public static PackJar filters(String jar) {
    return PackJar.named(jar)
        .source("com.acme.Blur", operator("com.acme", "Blur", "acme.blur"))
        .source(
            "com.acme.Filters",
            pack("com.acme", "Filters", "acme.filters", "registrar.operator(Blur::new);", ""));
  }
}
