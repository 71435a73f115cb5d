package io.atalaya.ops.cluster;

import org.apache.flink.util.FileUtils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * All that a cluster keeps on disk, in one directory.
 *
 * @param root absolute
 */
public record ClusterDirectory(Path root) {
    /** What the cluster was started as; it is there from the start on. */
    Path description() {
        return root.resolve("cluster.properties");
    }

    /** Flink's {@code conf/}, also for its client. */
    public Path conf() {
        return root.resolve("conf");
    }

    Path logs() {
        return root.resolve("logs");
    }

    /** What a process logs. */
    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** What a process says before it logs, and when it cannot. */
    Path out(String process) {
        return logs().resolve(process + ".out");
    }

    Path pids() {
        return root.resolve("pids");
    }

    Path tmp(String process) {
        return root.resolve("tmp").resolve(process);
    }

    /** What a killed process has left there is of no use to the next. */
    void emptyTmp(String process) {
        try {
            FileUtils.deleteDirectoryQuietly(tmp(process).toFile());
            Files.createDirectories(tmp(process));
        } catch (IOException e) {
            throw new UncheckedIOException("emptying " + tmp(process), e);
        }
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    /** ZooKeeper's own data: which jobs run, and where the rest of what is known of them is. */
    Path zookeeper() {
        return root.resolve("zookeeper");
    }

    /** What ZooKeeper refers to: job graphs, jars, and where the last checkpoints are. */
    Path highAvailability() {
        return root.resolve("ha");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    void create() {
        try {
            for (Path each :
                    new Path[] {root, conf(), logs(), pids(), checkpoints(), savepoints()}) {
                Files.createDirectories(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("creating the cluster's directory " + root, e);
        }
    }
}
