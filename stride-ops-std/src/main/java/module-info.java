/** The CPU pack of Stride: the standard operators. */
module dev.stride.ops.std {
  requires transitive dev.stride.api;
  requires static jdk.incubator.vector;
  requires java.logging;
  // Automatic modules for linear algebra. The last, LAPACK in Java, is named after its file; its
  // authors ended with this version, so that the name will not change.
  requires dev.ludovic.netlib.blas;
  requires dev.ludovic.netlib.lapack;
  requires arpack.combined.all;

  exports dev.stride.ops.std;

  provides dev.stride.api.spi.OperatorPack with
      dev.stride.ops.std.StandardPack;
}
