package io.atalaya.ops.cluster;

import io.atalaya.ops.Ops;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the scripts as a person does, on the results of this build. */
final class Script {
    static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    private static final long WITHIN_SECONDS = 240;

    /**
     * Options for every JVM that a script starts, including the cluster's; those of {@code
     * jvm.tests} in the pom.xml, for the same reasons.
     */
    private static final String SHORT_LIVED =
            "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC"
                    + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
                    + " -XX:MetaspaceSize=256m -Dpekko.scheduler.tick-duration=100ms";

    private final Path directory;

    /** The output and exit code of a script. */
    record Result(int code, String out, String err) {}

    /**
     * @param directory of the cluster that the scripts operate on
     */
    Script(Path directory) {
        this.directory = directory;
    }

    Result run(String name, String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), name, arguments);
    }

    /**
     * @param environment added to that of this process
     */
    Result run(Map<String, String> environment, String name, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("scripts").resolve(name).toString());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("script", ".out");
        Path err = Files.createTempFile("script", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "ATALAYA_BUILT",
                                "1",
                                "ATALAYA_CLUSTER_DIR",
                                directory.toString(),
                                "JDK_JAVA_OPTIONS",
                                SHORT_LIVED,
                                "JAVA_HOME",
                                System.getProperty("java.home")));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new Result(process.exitValue(), take(out), take(err));
    }

    /** Runs the command of a script in this process, which saves two JVMs. */
    static Result runHere(String name, String... arguments) {
        System.setProperty(Installation.HOME_PROPERTY, HOME.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Ops.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(List.of(arguments));
        int code = line.execute(all.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private static String take(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
