/** Optimisers on the variables of Stride. */
module dev.stride.optim {
  requires transitive dev.stride.api;
  requires static transitive org.jspecify;

  exports dev.stride.optim;
}
