/* A plain host program for OpenCL: what the framework's kernels take without the framework. */
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BUFFERS 8
#define FLUSH 64

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* The device of a name and a platform's name; null if there is none. */
static cl_device_id find(const char *platform, const char *name) {
  cl_platform_id platforms[16];
  cl_uint count = 0;
  if (clGetPlatformIDs(16, platforms, &count) != CL_SUCCESS) return NULL;
  for (cl_uint p = 0; p < count && p < 16; p++) {
    char text[1024];
    clGetPlatformInfo(platforms[p], CL_PLATFORM_NAME, sizeof text, text, NULL);
    if (strcmp(text, platform) != 0) continue;
    cl_device_id devices[16];
    cl_uint found = 0;
    if (clGetDeviceIDs(platforms[p], CL_DEVICE_TYPE_ALL, 16, devices, &found) != CL_SUCCESS) continue;
    for (cl_uint d = 0; d < found && d < 16; d++) {
      clGetDeviceInfo(devices[d], CL_DEVICE_NAME, sizeof text, text, NULL);
      if (strcmp(text, name) == 0) return devices[d];
    }
  }
  return NULL;
}

/*
 * Runs a kernel of float buffers `times` times and waits; its first two buffers change places after
 * each if `swaps`. Contents go to the device before and come back after. Best of `turns` turns, in
 * seconds; a negative number is an error of OpenCL's.
 */
double run_kernel(const char *platform, const char *device_name, const char *source, const char *name,
    int buffers, float **contents, const long *sizes, int axes, const long *items, const long *group,
    int times, int swaps, int turns, double *enqueued) {
  cl_int code = 0;
  cl_device_id device = find(platform, device_name);
  if (device == NULL || buffers > BUFFERS) return -1;
  cl_context context = clCreateContext(NULL, 1, &device, NULL, NULL, &code);
  if (code) return code;
  cl_command_queue queue = clCreateCommandQueue(context, device, 0, &code);
  cl_program program = clCreateProgramWithSource(context, 1, &source, NULL, &code);
  if (code) return code;
  code = clBuildProgram(program, 1, &device, "-cl-std=CL1.2", NULL, NULL);
  if (code) return code;
  cl_kernel kernel = clCreateKernel(program, name, &code);
  if (code) return code;
  cl_mem memory[BUFFERS];
  for (int b = 0; b < buffers; b++) {
    memory[b] = clCreateBuffer(context, CL_MEM_READ_WRITE, sizes[b] * sizeof(float), NULL, &code);
    if (code) return code;
  }
  size_t global[3], local[3];
  for (int a = 0; a < axes; a++) {
    global[a] = items[a];
    local[a] = group[a];
  }
  double best = 1e9;
  for (int turn = 0; turn < turns && !code; turn++) {
    for (int b = 0; b < buffers; b++)
      code |= clEnqueueWriteBuffer(queue, memory[b], CL_TRUE, 0, sizes[b] * sizeof(float), contents[b], 0, NULL, NULL);
    clFinish(queue);
    double begin = now();
    for (int n = 0; n < times && !code; n++) {
      for (int b = 0; b < buffers; b++) {
        cl_mem *argument = &memory[swaps && b < 2 ? (b + n) % 2 : b];
        code |= clSetKernelArg(kernel, b, sizeof(cl_mem), argument);
      }
      code |= clEnqueueNDRangeKernel(queue, kernel, axes, NULL, global, local, 0, NULL, NULL);
      if ((n + 1) % FLUSH == 0) clFlush(queue);
    }
    double handed = now() - begin;
    code |= clFinish(queue);
    double took = now() - begin;
    if (took < best) {
      best = took;
      *enqueued = handed;
    }
  }
  for (int b = 0; b < buffers; b++) {
    if (!code) code = clEnqueueReadBuffer(queue, memory[b], CL_TRUE, 0, sizes[b] * sizeof(float), contents[b], 0, NULL, NULL);
    clReleaseMemObject(memory[b]);
  }
  clReleaseKernel(kernel);
  clReleaseProgram(program);
  clReleaseCommandQueue(queue);
  clReleaseContext(context);
  return code ? (code < 0 ? code : -code) : best;
}
