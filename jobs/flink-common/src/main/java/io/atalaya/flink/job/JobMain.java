package io.atalaya.flink.job;

import io.atalaya.flink.options.InvalidSettingsException;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

import java.util.List;

/** The main class of every job's jar. */
public final class JobMain {
    private JobMain() {}

    /** Runs the job of this jar; arguments are options, {@code --key value}, see OPTIONS.md. */
    public static void main(String[] args) throws Exception {
        List<JobDefinition<?>> jobs = JobDefinition.all();
        if (jobs.size() != 1) {
            throw new IllegalStateException(
                    "jobs: got "
                            + jobs.stream().map(JobDefinition::name).toList()
                            + ", expected one");
        }
        run(jobs.get(0), Configuration.fromMap(ParameterTool.fromArgs(args).toMap()));
    }

    private static <S extends JobSettings> void run(JobDefinition<S> job, Configuration options)
            throws Exception {
        S settings;
        try {
            settings = job.settings(options);
        } catch (InvalidSettingsException e) {
            System.err.println(e.getMessage());
            throw e;
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        job.addTo(env, settings);
        env.execute(job.name());
    }
}
