package io.atalaya.flink.metrics;

import java.util.List;
import java.util.stream.Collectors;

/** The reference page of a job's metrics, generated from their declarations. */
public final class MetricsDoc {
    /** The prefix that Flink's Prometheus reporter gives an operator's metric. */
    public static final String PREFIX = "flink_taskmanager_job_task_operator_";

    private MetricsDoc() {}

    /** A Markdown page with one row per metric, in the given order. */
    public static String markdown(String job, List<DeclaredMetric> metrics) {
        String rows =
                metrics.stream()
                        .map(
                                metric ->
                                        "| `"
                                                + PREFIX
                                                + metric.name()
                                                + "` | "
                                                + metric.kind()
                                                + " | "
                                                + metric.unit()
                                                + " | "
                                                + metric.meaning()
                                                + " |\n")
                        .collect(Collectors.joining());
        return "# Metrics of "
                + job
                + "\n\n"
                + "Generated from the code; edit the declaration, not this page. These are the job's own, by the names\n"
                + "under which Flink's Prometheus reporter shows them, beside Flink's and Kafka's. Each is there once for\n"
                + "each subtask of each operator that has it (labels `operator_name`, `subtask_index`): sum them. No label\n"
                + "names a camera, a plate or an entry. A counter starts at 0 with each start of the job\n"
                + "(its Prometheus type is gauge). A histogram has its count, and the quantiles of about the last minute\n"
                + "(label `quantile`: 0.5 to 0.999).\n\n"
                + "| Name | Kind | Unit | Meaning |\n"
                + "|---|---|---|---|\n"
                + rows;
    }
}
