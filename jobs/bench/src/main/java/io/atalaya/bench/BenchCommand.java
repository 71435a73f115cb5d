package io.atalaya.bench;

import io.atalaya.bench.dispatch.DispatchBenchCommand;
import io.atalaya.bench.hotlist.HotlistBenchCommand;
import io.atalaya.bench.inference.InferenceBenchCommand;
import io.atalaya.bench.kernel.KernelBenchCommand;
import io.atalaya.bench.video.VideoBenchCommand;
import io.atalaya.commandline.Scripts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/bench}: measures the cost of the jobs. */
@Command(
        name = "scripts/bench",
        description = "Measures throughput, latency and state on this machine.",
        footer = "scripts/bench console measures the console, in a browser.",
        subcommands = {
            HotlistBenchCommand.class,
            VideoBenchCommand.class,
            DispatchBenchCommand.class,
            InferenceBenchCommand.class,
            KernelBenchCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(Scripts.commandLine(new BenchCommand()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "bench: got no subcommand, expected hotlist, video, dispatch, inference,"
                        + " kernel or console");
    }
}
