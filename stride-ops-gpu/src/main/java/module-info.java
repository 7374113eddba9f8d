/** The OpenCL pack of Stride: operators on a device. */
module dev.stride.ops.gpu {
  requires dev.stride.api;
}
