package io.atalaya.step;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * An operator of a job: each job declares all of its own once, as an enum. A uid is a database key:
 * a changed one drops state.
 */
public interface PipelineStep {
    /** Under which its state lies in savepoints. */
    String uid();

    /** What people read in Flink's pages and metrics. */
    String label();

    default <T> SingleOutputStreamOperator<T> on(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid()).name(label());
    }

    /**
     * An operator that puts out little. Each record goes on at once, which spares each of its edges
     * a thread that would wake every few milliseconds to send on what there seldom is.
     */
    default <T> SingleOutputStreamOperator<T> rarelyOn(SingleOutputStreamOperator<T> operator) {
        return on(operator).setBufferTimeout(0);
    }

    default <T> DataStreamSink<T> on(DataStreamSink<T> sink) {
        return sink.uid(uid()).name(label());
    }
}
