package io.atalaya.bench.kernel;

import io.atalaya.bench.comparison.Table;

import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code scripts/bench kernel}: measures the innermost loops alone, with JMH. */
@Command(
        name = "kernel",
        sortOptions = false,
        description = {
            "Measures the comparison of plates, the candidate filter, the codecs and the watch over a camera, each alone, with"
                    + " JMH in a JVM of its own.",
        })
public final class KernelBenchCommand implements Callable<Integer> {
    @Option(
            names = "--only",
            defaultValue = ".*",
            paramLabel = "REGEX",
            description =
                    "Which of ComparisonBench, FilterBench, GateBench, CodecBench, CameraBench (default: all).")
    private String only;

    @Option(
            names = "--quick",
            description = "One short iteration of each: whether it runs, not how fast.")
    private boolean quick;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where JMH writes its results, as its own JSON.")
    private Path json;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(KernelBenchCommand.class.getPackageName() + ".*" + only)
                        .forks(1)
                        .warmupIterations(quick ? 1 : 3)
                        .warmupTime(quick ? TimeValue.milliseconds(200) : TimeValue.seconds(1))
                        .measurementIterations(quick ? 1 : 5)
                        .measurementTime(
                                quick ? TimeValue.milliseconds(200) : TimeValue.seconds(1));
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json.toString());
        }
        if (quick) {
            System.out.println(Table.QUICK_WARNING);
        }
        new Runner(options.build()).run();
        return 0;
    }
}
