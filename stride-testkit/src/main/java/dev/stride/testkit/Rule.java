package dev.stride.testkit;

/** The rules of the operator contract, each with the check that proves it. */
public enum Rule {
  /** Outputs match their ports and every declared input is read. */
  SIGNATURE("O1", "signature"),
  /** One gradient per differentiable input that needs one, of the input's shape and type. */
  GRADIENT_SHAPES("O2", "gradient-shapes"),
  /** The adjoint is the transposed derivative: projected central differences. */
  DIFFERENCES("O3", "central-differences"),
  /** Every entry of the derivative, for small operators. */
  JACOBIAN("O4", "jacobian"),
  /** The adjoint is the transpose of the tangent, or of a linear forward, to rounding. */
  DOT_TEST("O5", "dot-test"),
  /** The tangent is the derivative of forward. */
  TANGENT("O6", "tangent"),
  /** The first-order remainder falls with the square of the step. */
  TAYLOR("O7", "taylor"),
  /** The adjoint is linear in the cotangent; zero in, zero out. */
  COTANGENT_LINEARITY("O8", "cotangent-linearity"),
  /** A gradient does not depend on which other gradients are needed. */
  NEEDS_GRAD("O9", "needs-grad"),
  /** An output that nobody used counts as one with a zero cotangent. */
  UNUSED_OUTPUTS("O10", "unused-outputs"),
  /** Calls of one instance do not know of each other. */
  STATELESS("O11", "stateless"),
  /** Equal calls give equal bits, for any number of threads. */
  DETERMINISM("O12", "determinism"),
  /** Arguments, cotangents and returned values are never changed. */
  NO_MUTATION("O13", "no-mutation"),
  /** float32 gives what float64 gives, to float32 accuracy. */
  FLOAT32("O14", "float32"),
  /** What the signature declares is true. */
  DECLARATIONS("O15", "declarations"),
  /** Saved state serves any number of adjoints and is closed by the engine, once. */
  SAVED_STATE("O16", "saved-state"),
  /** In a graph, one instance does what several would. */
  GRAPH("O17", "graph"),
  /** Concurrent calls give what calls in turn give. */
  CONCURRENCY("O18", "concurrency"),
  /** The adjoint on variables agrees with the numeric one and can be differentiated. */
  SECOND_ORDER("O19", "second-order"),
  /** At one sample at least, a numeric check proved the gradient. */
  PROOF("O20", "proof"),
  /** The adjoint is the transposed derivative: complex steps, where the operator has them. */
  COMPLEX_STEP("O21", "complex-step"),
  /** At a kink the gradient lies between the one-sided slopes. */
  KINKS("O22", "kinks"),
  /** Small and large numbers are treated like those near one. */
  SCALE("O23", "scale"),
  /** NaN in, NaN out: never masked. */
  NOT_A_NUMBER("O24", "not-a-number"),
  /** Scalars, single elements and empty tensors are refused or computed rightly. */
  DEGENERATE_SHAPES("O25", "degenerate-shapes"),
  /** Failures come out with their cause and leave nothing behind. */
  ERRORS("O26", "errors"),
  /** Every call completes, whatever executor, thread or token it is given. */
  COMPLETION("O27", "completion"),
  /** Nothing outlives a call, and saved state says how large it is. */
  MEMORY("O28", "memory"),
  /** The instance keeps no array that a value it returned consists of. */
  ALIASING("O29", "aliasing"),
  /** It can be registered and looked up, and has no static state. */
  REGISTRATION("O30", "registration"),
  /** If it is serialisable, copies do what the original does. */
  SERIALISATION("O31", "serialisation"),
  /** Implementations that are declared to agree do. */
  ALTERNATIVES("O32", "alternatives"),
  /** The adjoint takes no longer than declared; a warning only. */
  SPEED("O33", "speed");

  private final String id;
  private final String text;

  Rule(String id, String text) {
    this.id = id;
    this.text = text;
  }

  /** The rule's number in the operator contract, such as {@code O3}. */
  public String id() {
    return id;
  }

  /** The rule in a word or two, such as {@code central-differences}. */
  public String text() {
    return text;
  }

  /** Whether its check compares the adjoint with the forward numerically. */
  public boolean provesGradient() {
    return this == DIFFERENCES || this == JACOBIAN || this == DOT_TEST || this == COMPLEX_STEP;
  }

  /** Number and name: {@code O3 central-differences}. */
  @Override
  public String toString() {
    return id + " " + text;
  }
}
