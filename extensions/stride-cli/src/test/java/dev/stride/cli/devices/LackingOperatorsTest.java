package dev.stride.cli.devices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stride.api.Device;
import dev.stride.core.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page about devices says which operators of the standard pack they lack. */
class LackingOperatorsTest {

  private static final Path DOCUMENTS = Path.of("..", "..", "docs");
  private static final Pattern OPERATOR = Pattern.compile("\\| `stride\\.([a-z0-9-]+)`.*");
  private static final Pattern NAME = Pattern.compile("`([a-z0-9-]+)`");

  @RegisterExtension static final BothDevices DEVICES = new BothDevices();

  @Test
  void page_names_what_devices_lack_family_by_family() throws IOException {
    assertThat(listed()).isEqualTo(lacking());
  }

  @Test
  void devices_have_nothing_that_the_processor_lacks() {
    assertThat(names(BothDevices.DEVICE)).isSubsetOf(names(Device.CPU));
  }

  private static Set<String> names(Device device) {
    return DEVICES.operators(device).map(Discovery.Entry::name).collect(Collectors.toSet());
  }

  /** From the table of the page. */
  private static Map<String, List<String>> listed() throws IOException {
    Map<String, List<String>> families = new LinkedHashMap<>();
    String page = Files.readString(DOCUMENTS.resolve("opencl.md"));
    String section = page.split("\n## What devices lack\n", 2)[1].split("\n## ", 2)[0];
    for (String line : section.lines().filter(row -> row.startsWith("| ")).skip(1).toList()) {
      String[] cells = line.split("\\|", -1);
      families.put(
          cells[1].strip(),
          NAME.matcher(cells[2]).results().map((MatchResult name) -> name.group(1)).toList());
    }
    return families;
  }

  /** From the page of the standard operators and from what the device has. */
  private static Map<String, List<String>> lacking() throws IOException {
    Set<String> there = names(BothDevices.DEVICE);
    Map<String, List<String>> families = new LinkedHashMap<>();
    String family = "";
    for (String line : Files.readAllLines(DOCUMENTS.resolve("operators.md"))) {
      var operator = OPERATOR.matcher(line);
      if (line.startsWith("## ")) {
        family = line.substring("## ".length());
      } else if (operator.matches() && !there.contains("stride." + operator.group(1))) {
        families.computeIfAbsent(family, _ -> new ArrayList<>()).add(operator.group(1));
      }
    }
    return families;
  }
}
