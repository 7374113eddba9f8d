package dev.stride.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The program without a command: says which there are. */
@Command(
    name = "stride",
    description = "Gradients through code that no autodiff compiler can see into.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InvertCommand.class,
      OperatorsCommand.class,
      CheckCommand.class,
      DoctorCommand.class
    },
    versionProvider = StrideCommand.Version.class,
    footer = {"", "stride COMMAND --help says more about a command."})
final class StrideCommand implements Runnable {

  @Mixin private final CommonOptions options = new CommonOptions();

  /** Handled by picocli. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and end.")
  private boolean version;

  @Override
  public void run() {
    throw new ParameterException(options.commandLine(), "Name a command.");
  }

  /** The version of this artifact. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Version.class.getPackage().getImplementationVersion();
      return new String[] {"stride " + (version == null ? "(not packaged)" : version)};
    }
  }
}
