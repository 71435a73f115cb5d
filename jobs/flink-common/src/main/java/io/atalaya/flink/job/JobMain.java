package io.atalaya.flink.job;

import io.atalaya.flink.options.InvalidSettingsException;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

import java.util.ServiceLoader;

/** The main class of every job's jar. */
public final class JobMain {
    private JobMain() {}

    /** Runs the job of this jar; arguments are options, {@code --key value}, see OPTIONS.md. */
    public static void main(String[] args) throws Exception {
        run(ownJob(), Configuration.fromMap(ParameterTool.fromArgs(args).toMap()));
    }

    /**
     * The first definition, because Flink's class loader looks into the jar before the class path
     * of the process that submits it, which may contain other jobs.
     */
    private static JobDefinition<?> ownJob() {
        return ServiceLoader.load(JobDefinition.class, JobMain.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("jobs: got none in the jar, expected one"));
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
