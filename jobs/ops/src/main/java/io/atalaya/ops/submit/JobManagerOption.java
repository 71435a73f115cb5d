package io.atalaya.ops.submit;

import io.atalaya.ops.cluster.ClusterDescription;
import io.atalaya.ops.cluster.ClusterDirectory;
import io.atalaya.ops.cluster.DirectoryOption;
import io.atalaya.ops.cluster.JobManagerAddress;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom to ask: the cluster of scripts/cluster, or any other. */
final class JobManagerOption {
    @Mixin private DirectoryOption directoryOption;

    @Option(
            names = "--jobmanager",
            converter = JobManagerAddress.Converter.class,
            paramLabel = "HOST:PORT",
            description =
                    "REST address of another cluster's JobManager (default: the cluster that"
                            + " scripts/cluster has started).")
    private JobManagerAddress address;

    ClusterDirectory directory() {
        return directoryOption.get();
    }

    /** Whether another cluster than our own is meant. */
    boolean isElsewhere() {
        return address != null;
    }

    /**
     * The address to ask.
     *
     * @throws io.atalaya.ops.cluster.ClusterException if none is given and none was started
     */
    JobManagerAddress address() {
        return isElsewhere()
                ? address
                : new JobManagerAddress(
                        ClusterDescription.HOST, ClusterDescription.of(directory()).webPort());
    }
}
