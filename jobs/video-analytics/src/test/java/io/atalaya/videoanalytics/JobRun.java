package io.atalaya.videoanalytics;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelAnswerCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.JobOnKafka;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs this job in a test. */
final class JobRun extends JobOnKafka {
    /** Short, because the gauges show everything that the job holds back. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> answers;
    private final List<ModelAnswer> modelAnswers = new ArrayList<>();

    JobRun() {
        super(
                VideoAnalyticsJob.NAME,
                List.of(Topics.CAMERA_FRAMES, Topics.DEVICES),
                VideoAnalyticsMetrics.PENDING,
                QUIET);
        createInput(Topics.MODEL_CONTROL, 1);
        answers = output(Topics.MODEL_ANSWERS);
    }

    /** Starts the job without state, or from a savepoint. */
    void start(String savepoint, int parallelism, Map<String, String> options) {
        start(savepoint, parallelism, Configuration.fromMap(options));
    }

    @Override
    protected void build(StreamExecutionEnvironment env, Configuration settings) {
        VideoAnalyticsJob.build(env, VideoAnalyticsSettings.from(settings));
    }

    @Override
    protected boolean takeMore() throws InvalidRecordException {
        var records = answers.poll(Duration.ofMillis(10));
        for (var record : records) {
            modelAnswers.add(ModelAnswerCodec.read(record.value()));
        }
        return !records.isEmpty();
    }

    List<ModelAnswer> modelAnswers() {
        return modelAnswers;
    }
}
