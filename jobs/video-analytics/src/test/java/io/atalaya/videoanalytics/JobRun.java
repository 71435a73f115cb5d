package io.atalaya.videoanalytics;

import io.atalaya.jobtests.JobOnKafka;
import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.Topics;
import io.atalaya.model.ModelAnswer;
import io.atalaya.model.ModelAnswerJson;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** This job, run by a test. */
final class JobRun extends JobOnKafka {
    private static final Duration QUIET = Duration.ofSeconds(6);

    private final KafkaConsumer<byte[], byte[]> answers;
    private final List<ModelAnswer> modelAnswers = new ArrayList<>();

    JobRun() {
        super(List.of(Topics.CAMERA_FRAMES, Topics.DEVICES), QUIET);
        createTopic(Topics.MODEL_CONTROL, 1);
        answers = output(Topics.MODEL_ANSWERS);
    }

    /** Starts the job afresh, or from a savepoint. */
    void start(String savepoint, int parallelism, Map<String, String> options) {
        start(savepoint, parallelism, Configuration.fromMap(options));
    }

    @Override
    protected String build(StreamExecutionEnvironment env, Configuration settings) {
        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(settings));
        return VideoAnalyticsJob.NAME;
    }

    @Override
    protected boolean takeMore() throws InvalidRecordException {
        var records = answers.poll(Duration.ofMillis(10));
        for (var record : records) {
            modelAnswers.add(ModelAnswerJson.read(record.value()));
        }
        return !records.isEmpty();
    }

    List<ModelAnswer> modelAnswers() {
        return modelAnswers;
    }

    @Override
    public void close() {
        answers.close();
        super.close();
    }
}
