package io.atalaya.bench.video;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.videoanalytics.VideoAnalyticsOperatorId;
import io.atalaya.videoanalytics.camera.CameraState;
import io.atalaya.videoanalytics.camera.CameraStateSerializer;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Creates a savepoint of the job in which every registered camera has learned its scene. It
 * contains no learned state of models.
 */
final class TaughtCity {
    private static final String TAUGHT = "taught";
    private static final long POLL_MS = 20;

    private TaughtCity() {}

    /**
     * @param scenes scenes of the film, as given by {@link LearnedScenes}
     * @return the savepoint's path
     */
    static String savepoint(
            EmbeddedFlink flink,
            KafkaSettings kafka,
            int parallelism,
            List<byte[]> scenes,
            int cameras)
            throws InterruptedException {
        StreamExecutionEnvironment env = flink.environment(parallelism);
        env.fromSource(
                        new KafkaConnectors(kafka).whole(Topics.DEVICES),
                        KafkaConnectors.arrival(),
                        Topics.DEVICES)
                .uid("registered")
                .keyBy(record -> new String(record.key(), StandardCharsets.UTF_8), Types.STRING)
                .process(new Teach(scenes), Types.VOID)
                .uid(VideoAnalyticsOperatorId.CAMERAS.uid())
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        JobClient job = flink.submit(env, TAUGHT);
        while (flink.sumOfCounters(job, TAUGHT) < cameras) {
            if (flink.failureOf(job) != null) {
                throw new IllegalStateException("teaching cameras", flink.failureOf(job));
            }
            Thread.sleep(POLL_MS);
        }
        return flink.stopWithSavepoint(job);
    }

    private static final class Teach extends KeyedProcessFunction<String, RawRecord, Void> {
        private static final long serialVersionUID = 1L;

        private final ArrayList<byte[]> scenes;
        private transient ValueState<CameraState> state;
        private transient Counter taught;

        Teach(List<byte[]> scenes) {
            this.scenes = new ArrayList<>(scenes);
        }

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(CameraStateSerializer.descriptor());
            taught = getRuntimeContext().getMetricGroup().counter(TAUGHT);
        }

        @Override
        public void processElement(RawRecord registration, Context context, Collector<Void> out)
                throws Exception {
            int scene = CityFilm.scene(CityFilm.number(context.getCurrentKey()));
            state.update(CameraState.of(scenes.get(scene)));
            taught.inc();
        }
    }
}
