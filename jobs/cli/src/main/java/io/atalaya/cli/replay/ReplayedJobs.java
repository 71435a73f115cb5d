package io.atalaya.cli.replay;

import java.util.List;

/** The jobs that a replay runs, in the order of the topics between them. */
final class ReplayedJobs {
    private ReplayedJobs() {}

    static List<ReplayedJob> all() {
        return List.of();
    }
}
