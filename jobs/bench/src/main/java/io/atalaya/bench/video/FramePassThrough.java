package io.atalaya.bench.video;

import io.atalaya.bench.throughput.Contender;
import io.atalaya.bench.throughput.Lap;
import io.atalaya.bench.throughput.TimedJob;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.CameraFrameSerializer;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

import java.util.List;

/** Source, parse, discard: the upper bound given by machine, broker and codec. */
final class FramePassThrough implements Contender {
    static final String NAME = "pass-through";

    private static final String PASSED = "passed";

    private final EmbeddedFlink flink;
    private final KafkaSettings kafka;
    private final int parallelism;
    private final long warm;

    FramePassThrough(EmbeddedFlink flink, KafkaSettings kafka, int parallelism, long warm) {
        this.flink = flink;
        this.kafka = kafka;
        this.parallelism = parallelism;
        this.warm = warm;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Lap lap(int round, long records) throws InterruptedException {
        StreamExecutionEnvironment env = flink.environment(parallelism);
        env.fromSource(
                        new KafkaConnectors(kafka).reads(Topics.CAMERA_FRAMES),
                        KafkaConnectors.arrival(),
                        Topics.CAMERA_FRAMES)
                .uid("frames")
                .transform(
                        "parse",
                        CameraFrameSerializer.INSTANCE.typeInfo(),
                        ParseOperator.ofDevices(
                                BulkheadSettings.DEFAULT,
                                record -> CameraFrameCodec.read(record.value())))
                .uid("parse")
                .process(new Count(), CameraFrameSerializer.INSTANCE.typeInfo())
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        JobClient job = flink.submit(env, NAME);
        try {
            return TimedJob.time(NAME, round, flink, job, List.of(PASSED), records, warm);
        } finally {
            flink.cancel(job);
        }
    }

    /** Counts with a metric that the bench reads. */
    private static final class Count extends ProcessFunction<CameraFrame, CameraFrame> {
        private static final long serialVersionUID = 1L;

        private transient Counter passed;

        @Override
        public void open(OpenContext context) {
            passed = getRuntimeContext().getMetricGroup().counter(PASSED);
        }

        @Override
        public void processElement(CameraFrame frame, Context context, Collector<CameraFrame> out) {
            passed.inc();
            out.collect(frame);
        }
    }
}
