package dev.stride.api;

import java.util.Objects;

/**
 * One named input or output of a {@link Signature}.
 *
 * @param name how arguments, errors and paths call it; a Java identifier, unique among the inputs
 *     or outputs of its signature
 * @param type class of the value; a {@link Number} given for a {@link Tensor} or another number
 *     type is converted
 * @param arity how many values it takes
 * @param differentiable whether a gradient exists for it; otherwise it is auxiliary
 */
public record Port(String name, Class<?> type, Arity arity, boolean differentiable) {

  /** How many values a port takes. */
  public enum Arity {
    /** Exactly one. */
    REQUIRED,
    /** One or none. */
    OPTIONAL,
    /** Any number, as a list; the last input may take the remaining positional arguments. */
    VARIADIC
  }

  /** Checks that the name is a Java identifier. */
  public Port {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(arity, "arity");
    if (!isIdentifier(name)) {
      throw new IllegalArgumentException(
          "port name '" + name + "' is not an identifier; use letters, digits and underscores");
    }
  }

  /** A required, differentiable port of type {@link Tensor}. */
  public static Port of(String name) {
    return new Port(name, Tensor.class, Arity.REQUIRED, true);
  }

  /** A required, auxiliary port: no gradient exists for it. */
  public static Port auxiliary(String name, Class<?> type) {
    return new Port(name, type, Arity.REQUIRED, false);
  }

  /** This port with another value type. */
  public Port typed(Class<?> other) {
    return new Port(name, other, arity, differentiable);
  }

  /** This port, but it may be left out. */
  public Port optional() {
    return new Port(name, type, Arity.OPTIONAL, differentiable);
  }

  /** This port, but it takes any number of values. */
  public Port variadic() {
    return new Port(name, type, Arity.VARIADIC, differentiable);
  }

  private static boolean isIdentifier(String name) {
    return !name.isEmpty()
        && Character.isJavaIdentifierStart(name.charAt(0))
        && name.chars().allMatch(Character::isJavaIdentifierPart);
  }

  @Override
  public String toString() {
    String suffix =
        switch (arity) {
          case REQUIRED -> "";
          case OPTIONAL -> "?";
          case VARIADIC -> "...";
        };
    return name + suffix + ": " + type.getSimpleName() + (differentiable ? "" : " (auxiliary)");
  }
}
