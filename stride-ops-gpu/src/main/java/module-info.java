/** The OpenCL pack of Stride: operators on a device. */
module dev.stride.ops.gpu {
  requires transitive dev.stride.api;
  requires org.lwjgl;
  requires org.lwjgl.natives;
  requires org.lwjgl.opencl;

  exports dev.stride.ops.gpu;

  provides dev.stride.api.spi.OperatorPack with
      dev.stride.ops.gpu.GpuOperators;
}
