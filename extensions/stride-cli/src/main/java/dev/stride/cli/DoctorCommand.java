package dev.stride.cli;

import dev.stride.api.StrideException;
import dev.stride.cli.doctor.Diagnosis;
import dev.stride.cli.doctor.Finding;
import dev.stride.core.Stride;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at the machine: what Stride needs, what makes it fast, and what to do about the rest. */
@Command(
    name = "doctor",
    description = "Check the JDK, the vector unit, memory and OpenCL devices, with remedies.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:nothing that Stride needs is missing", "1:something is"})
final class DoctorCommand implements Callable<Integer> {

  @Mixin private final CommonOptions options = new CommonOptions();

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(Diagnosis.ofMachine());
    try (Stride stride = Stride.create()) {
      findings.addAll(Diagnosis.ofPacks(stride.discovery()));
    } catch (StrideException failure) {
      findings.add(Diagnosis.ofFailure(failure));
    }
    boolean healthy = findings.stream().noneMatch(f -> f.state() == Finding.State.MISSING);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("healthy", healthy);
    json.put("findings", findings.stream().map(Finding::json).toList());
    options.print(json, findings.stream().flatMap(finding -> finding.lines().stream()).toList());
    return healthy ? 0 : Failures.FAILED;
  }
}
