package io.atalaya.ops.cluster;

import io.atalaya.commandline.ExitCode;

import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;

/** {@code scripts/cluster stop}. */
@Command(
        name = "stop",
        sortOptions = false,
        description = {
            "Ends the cluster's processes, and no others. Its jobs continue when it is started again; end one"
                    + " before with scripts/savepoint stop, or with scripts/flink cancel."
        },
        exitCodeList = {"0:nothing of it runs", "1:its directory could not be deleted"})
final class StopCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--delete",
            description =
                    "Delete the cluster's directory as well, with topics, checkpoints and"
                            + " savepoints.")
    private boolean delete;

    @Mixin private DirectoryOption directoryOption;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ClusterDirectory directory = directoryOption.get();
        boolean ran = new Shutdown(directory).run();
        out.println(
                ran
                        ? "Stopped the cluster in " + directory.root() + "."
                        : "No cluster runs in " + directory.root() + ".");
        // Deletes only a directory of a cluster, in case the user gave a wrong one.
        if (delete && Files.exists(directory.description())) {
            try {
                FileUtils.deleteDirectory(directory.root().toFile());
                out.println("Deleted " + directory.root() + ".");
            } catch (IOException e) {
                spec.commandLine().getErr().println("Deleting " + directory.root() + ": " + e);
                return 1;
            }
        }
        return ExitCode.OK;
    }
}
