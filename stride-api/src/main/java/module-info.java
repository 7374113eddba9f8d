/** Contracts of Stride: variables, operators, graphs, values, and the SPI of operator packs. */
module dev.stride.api {
  requires static transitive org.jspecify;
  requires transitive jakarta.inject;

  exports dev.stride.api;
  exports dev.stride.api.spi;
}
