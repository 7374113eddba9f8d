/** The CPU pack of Stride: the standard operators. */
module dev.stride.ops.std {
  requires transitive dev.stride.api;
  requires static jdk.incubator.vector;
  // Automatic modules for linear algebra; the Java LAPACK comes with them.
  requires dev.ludovic.netlib.blas;
  requires dev.ludovic.netlib.lapack;

  exports dev.stride.ops.std;

  provides dev.stride.api.spi.OperatorPack with
      dev.stride.ops.std.StandardPack;
}
