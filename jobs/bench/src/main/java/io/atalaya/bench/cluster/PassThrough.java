package io.atalaya.bench.cluster;

import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.parse.ParseOperator;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** Source, parse, discard: the upper bound given by machine, broker and codec. */
public final class PassThrough {
    public static final String NAME = "pass-through";

    /** What it leaves out of the job's work. */
    public static final String LESS = "source, parse, discard; no state, no shuffle";

    /** Counter of the parsed records. */
    public static final String PASSED = "passed";

    private PassThrough() {}

    /** Adds the steps for one topic. */
    public static <T> void add(
            StreamExecutionEnvironment env,
            KafkaSettings kafka,
            String topic,
            ParseOperator<T> parser,
            TypeInformation<T> type) {
        read(env, kafka, topic, parser, type)
                .sinkTo(new DiscardingSink<>())
                .uid("discard-" + topic);
    }

    /** The records of one topic, parsed and counted. */
    public static <T> DataStream<T> read(
            StreamExecutionEnvironment env,
            KafkaSettings kafka,
            String topic,
            ParseOperator<T> parser,
            TypeInformation<T> type) {
        KafkaConnectors connectors = new KafkaConnectors(kafka);
        return env.fromSource(connectors.reads(topic), connectors.arrival(topic), topic)
                .uid(topic)
                .transform("parse-" + topic, type, parser)
                .uid("parse-" + topic)
                .process(new Count<T>(), type)
                .uid("count-" + topic);
    }

    private static final class Count<T> extends ProcessFunction<T, T> {
        private static final long serialVersionUID = 1L;

        private transient Counter passed;

        @Override
        public void open(OpenContext context) {
            passed = getRuntimeContext().getMetricGroup().counter(PASSED);
        }

        @Override
        public void processElement(T message, Context context, Collector<T> out) {
            passed.inc();
            out.collect(message);
        }
    }
}
