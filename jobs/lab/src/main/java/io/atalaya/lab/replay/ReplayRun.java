package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.Account;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.options.InvalidSettingsException;
import io.atalaya.simulator.recording.InputTopic;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;

import org.apache.kafka.common.errors.InterruptException;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs a replay for a command: progress goes to the console, the result is an exit code. */
public final class ReplayRun {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int WRONG_INPUT = 2;
    public static final int INTERRUPTED = 130;

    private final Path data;
    private final Path out;
    private final Speed speed;
    private final int parallelism;
    private final Map<String, String> settings;
    private final List<String> jobs;

    /**
     * @param jobs names of the jobs to run; empty: those that have something to observe
     */
    ReplayRun(
            Path data,
            Path out,
            Speed speed,
            int parallelism,
            Map<String, String> settings,
            List<String> jobs) {
        this.data = data;
        this.out = out;
        this.speed = speed;
        this.parallelism = parallelism;
        this.settings = settings;
        this.jobs = List.copyOf(jobs);
    }

    /**
     * A replay at full speed of the job that makes alerts of reads.
     *
     * @param data the recording
     * @param out directory of the jobs' output
     */
    public static ReplayRun atFullSpeed(
            Path data, Path out, int parallelism, Map<String, String> settings) {
        return new ReplayRun(
                data, out, Speed.MAX, parallelism, settings, List.of(Account.HOTLIST_MATCH.id()));
    }

    /** A replay at full speed of the jobs that make alerts of reads and frames. */
    public static ReplayRun ofAlerts(Path data, Path out, int parallelism) {
        return new ReplayRun(
                data,
                out,
                Speed.MAX,
                parallelism,
                Map.of(),
                List.of(Account.HOTLIST_MATCH.id(), Account.VIDEO_ANALYTICS.id()));
    }

    /**
     * The jobs that have observations in the recording, and those that observe what these write,
     * such as alerts; all jobs if it has only background data.
     */
    static List<JobDefinition<?>> jobsOf(Recording recording) {
        List<JobDefinition<?>> jobs = new ArrayList<>(observing(recording));
        Set<String> written = new HashSet<>();
        jobs.forEach(job -> written.addAll(job.outputTopics()));
        written.retainAll(observations(List.of(InputTopic.values())));
        Set<String> names = jobs.stream().map(JobDefinition::name).collect(Collectors.toSet());
        JobDefinition.all().stream()
                .filter(job -> !names.contains(job.name()))
                .filter(job -> !Collections.disjoint(job.inputTopics(), written))
                .forEach(jobs::add);
        return jobs;
    }

    /** The jobs that have observations in the recording; all jobs if it has none. */
    private static List<JobDefinition<?>> observing(Recording recording) {
        Set<String> observed = observations(recording.topics());
        List<JobDefinition<?>> busy = new ArrayList<>(JobDefinition.all());
        busy.removeIf(job -> Collections.disjoint(job.inputTopics(), observed));
        return busy.isEmpty() ? JobDefinition.all() : busy;
    }

    static Set<String> observations(Collection<InputTopic> topics) {
        return topics.stream()
                .filter(InputTopic::isObservation)
                .map(InputTopic::topicName)
                .collect(Collectors.toSet());
    }

    /** Runs to the end and returns the exit code. */
    public int run(PrintWriter said, PrintWriter err) {
        try {
            Recording recording = Recording.in(data);
            Replay replay =
                    new Replay(recording, out, speed, parallelism, settings, new ReplayLog(said));
            List<JobDefinition<?>> wanted =
                    new ArrayList<>(jobs.isEmpty() ? jobsOf(recording) : JobDefinition.all());
            wanted.removeIf(job -> !jobs.isEmpty() && !jobs.contains(job.name()));
            replay.run(wanted);
            return OK;
        } catch (RecordingException | InvalidSettingsException e) {
            err.println(e.getMessage());
            return WRONG_INPUT;
        } catch (InterruptedException e) {
            err.println("Stopped.");
            return INTERRUPTED;
        } catch (ReplayException | IllegalStateException | UncheckedIOException e) {
            if (isInterruption(e)) {
                err.println("Stopped.");
                return INTERRUPTED;
            }
            printWithCauses(e, err);
            return FAILED;
        }
    }

    private static boolean isInterruption(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof InterruptException) {
                return true;
            }
        }
        return false;
    }

    /** Prints only the chain of causes, because a stack trace would hide it. */
    private static void printWithCauses(Throwable e, PrintWriter err) {
        err.println("Replay failed: " + e.getMessage());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            err.println("  because: " + cause);
        }
    }
}
