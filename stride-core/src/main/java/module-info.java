/** The asynchronous engine of Stride, discovery of packs, and the front door. */
module dev.stride.core {
  requires transitive dev.stride.api;
  requires com.google.guice;
  // Guice is an automatic module and cannot ask for the Guava that it needs.
  requires com.google.common;
  requires jdk.jfr;
  requires org.slf4j;

  exports dev.stride.core;

  uses dev.stride.api.spi.OperatorPack;
}
