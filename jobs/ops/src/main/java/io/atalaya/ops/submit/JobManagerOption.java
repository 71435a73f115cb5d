package io.atalaya.ops.submit;

import io.atalaya.ops.cluster.ClusterDescription;
import io.atalaya.ops.cluster.ClusterDirectory;
import io.atalaya.ops.cluster.DirectoryOption;
import io.atalaya.ops.cluster.JobManagerAddress;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Option for the cluster to use: that of scripts/cluster, or another one. */
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

    /** Whether a cluster other than that of scripts/cluster is given. */
    boolean isElsewhere() {
        return address != null;
    }

    /**
     * The JobManager's address.
     *
     * @throws io.atalaya.ops.cluster.ClusterException if no address is given and no cluster was
     *     started
     */
    JobManagerAddress address() {
        return isElsewhere()
                ? address
                : new JobManagerAddress(
                        ClusterDescription.HOST, ClusterDescription.of(directory()).webPort());
    }
}
