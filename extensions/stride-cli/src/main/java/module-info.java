/** The command line of Stride. */
module dev.stride.cli {
  requires dev.stride.core;
  requires dev.stride.optim;
  requires dev.stride.testkit;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires io.jhdf;
  requires java.desktop;
  requires jdk.management;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  uses dev.stride.api.spi.OperatorPack;

  opens dev.stride.cli to
      info.picocli;
}
