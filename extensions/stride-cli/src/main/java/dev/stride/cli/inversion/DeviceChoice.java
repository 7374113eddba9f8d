package dev.stride.cli.inversion;

import dev.stride.api.Device;
import dev.stride.api.StrideException;
import dev.stride.core.Discovery;
import dev.stride.core.Stride;
import java.util.List;

/** The device that the user asks for, among those that the packs of an engine bring. */
public final class DeviceChoice {

  private DeviceChoice() {}

  /**
   * The device of a name, or the first of a kind.
   *
   * @param wanted such as {@code cpu}, {@code opencl} or {@code opencl:1}
   * @throws StrideException {@code NoDevice} if there is none that computes waves: what there is,
   *     why packs are unavailable, and what to do
   */
  public static Device of(Stride stride, String wanted) {
    List<Device> devices =
        stride.discovery().operators("stride.acoustic-wave").stream()
            .map(Discovery.Entry::device)
            .toList();
    return devices.stream()
        .filter(device -> device.matches(new Device(wanted)))
        .findFirst()
        .orElseThrow(() -> none(stride, wanted, devices));
  }

  private static StrideException none(Stride stride, String wanted, List<Device> devices) {
    StringBuilder text = new StringBuilder();
    text.append("--device ").append(wanted).append(": no such device computes waves. There is: ");
    text.append(String.join(", ", devices.stream().map(Device::name).toList())).append('.');
    for (Discovery.Pack pack : stride.discovery().packs()) {
      if (!pack.isAvailable()) {
        text.append(' ').append(pack.id()).append(" is ").append(pack.status()).append('.');
      }
    }
    text.append(" `stride doctor` says what is missing and what to install.");
    return new StrideException("NoDevice", text.toString());
  }
}
