package io.atalaya.bench.video;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.videoanalytics.VideoAnalyticsPipeline;
import io.atalaya.videoanalytics.camera.CameraAnalyzer;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;
import io.atalaya.videoanalytics.camera.CameraOperator;
import io.atalaya.videoanalytics.camera.CameraState;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * State of camera analyzers that have learned the film's scenes from its first frames. Few or many
 * cameras can start with it, each with an equally learned scene, whereas a recording with equally
 * many frames for both would show each of many cameras only a moment.
 */
public final class LearnedScenes {
    /**
     * Frames until a scene is learned: more than twenty minutes. The film continues with this
     * frame.
     */
    public static final int FRAMES = 2_600;

    /** Duration of those frames, ms. */
    static final long MILLIS = FRAMES * CityFilm.FRAME_MS;

    private static final int STATE_BYTES = 64 * 1024;
    private static final String LEARNED = "learned";
    private static final long POLL_MS = 20;

    private LearnedScenes() {}

    /**
     * For each scene an analyzer that has learned it, as written by {@link
     * CameraAnalyzer#writeWithin}.
     *
     * @param until end of the frames, at which the film continues, epoch ms
     */
    public static List<byte[]> of(CityFilm film, CameraAnalyzerSettings settings, long until) {
        List<byte[]> analyzers = new ArrayList<>();
        for (int scene = 0; scene < film.scenes(); scene++) {
            analyzers.add(learned(film, scene, settings, until - MILLIS));
        }
        return List.copyOf(analyzers);
    }

    private static byte[] learned(
            CityFilm film, int scene, CameraAnalyzerSettings settings, long start) {
        CameraAnalyzer analyzer = new CameraAnalyzer(settings);
        try {
            for (int i = 0; i < FRAMES; i++) {
                long time = start + i * CityFilm.FRAME_MS;
                CameraFrame frame =
                        CameraFrameCodec.read(film.frame(scene, i, time, false).value());
                analyzer.onFrame(frame, time);
            }
            DataOutputSerializer out = new DataOutputSerializer(STATE_BYTES);
            analyzer.writeWithin(STATE_BYTES, out);
            return out.getCopyOfBuffer();
        } catch (InvalidRecordException | IOException e) {
            throw new IllegalStateException("a scene of the film's own", e);
        }
    }

    /**
     * Creates a savepoint of the job in which every registered camera has learned its scene. It
     * contains no learned state of models.
     *
     * @param scenes scenes of the film, as given by {@link #of}
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
        KafkaConnectors connectors = new KafkaConnectors(kafka);
        env.fromSource(
                        connectors.whole(Topics.DEVICES),
                        connectors.arrival(Topics.DEVICES),
                        Topics.DEVICES)
                .uid("registered")
                .keyBy(record -> new String(record.key(), StandardCharsets.UTF_8), Types.STRING)
                .process(new SceneWriter(scenes), Types.VOID)
                .uid(VideoAnalyticsPipeline.CAMERAS)
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        JobClient job = flink.submit(env, LEARNED);
        while (flink.sumOfCounters(job, LEARNED) < cameras) {
            if (flink.failureOf(job) != null) {
                throw new IllegalStateException("writing learned scenes", flink.failureOf(job));
            }
            Thread.sleep(POLL_MS);
        }
        return flink.stopWithSavepoint(job);
    }

    private static final class SceneWriter extends KeyedProcessFunction<String, RawRecord, Void> {
        private static final long serialVersionUID = 1L;

        private final ArrayList<byte[]> scenes;
        private transient ValueState<CameraState> state;
        private transient Counter written;

        SceneWriter(List<byte[]> scenes) {
            this.scenes = new ArrayList<>(scenes);
        }

        @Override
        public void open(OpenContext context) {
            state = getRuntimeContext().getState(CameraOperator.stateDescriptor());
            written = getRuntimeContext().getMetricGroup().counter(LEARNED);
        }

        @Override
        public void processElement(RawRecord registration, Context context, Collector<Void> out)
                throws Exception {
            int scene = CityFilm.scene(CityFilm.number(context.getCurrentKey()));
            state.update(CameraState.of(scenes.get(scene)));
            written.inc();
        }
    }
}
