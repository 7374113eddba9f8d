/** Gradient checks, the operator contract, and JUnit 5 support for authors of operators. */
module dev.stride.testkit {
  exports dev.stride.testkit;
  exports dev.stride.testkit.fakes;
  exports dev.stride.testkit.junit;

  requires transitive dev.stride.api;
  requires dev.stride.core;
  requires java.xml;
  // Absent where a program runs the checks without JUnit.
  requires static transitive org.junit.jupiter.api;
}
