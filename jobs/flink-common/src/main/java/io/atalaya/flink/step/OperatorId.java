package io.atalaya.flink.step;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.flink.serializer.DeadLetterSerializer;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * An operator of a job, which declares all its operators in one enum. A uid is a database key:
 * changing it drops state.
 */
public interface OperatorId {
    /** The id of the operator's state in savepoints. */
    String uid();

    /** The name in Flink's pages and metrics. */
    String label();

    default <T> SingleOutputStreamOperator<T> on(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid()).name(label());
    }

    /**
     * An operator with little output. Each record is sent at once, which saves each of its edges a
     * thread that would wake every few milliseconds with seldom anything to send.
     */
    default <T> SingleOutputStreamOperator<T> rarelyOn(SingleOutputStreamOperator<T> operator) {
        return on(operator).setBufferTimeout(0);
    }

    /**
     * The operator's dead letters. An operator with little output in the same task passes them on,
     * so that the edge has no such thread even where the operator itself is busy.
     */
    default DataStream<DeadLetter> deadLettersOf(SingleOutputStreamOperator<?> operator) {
        return operator.getSideOutput(DeadLetterSerializer.TAG)
                .map(letter -> letter, DeadLetterSerializer.INSTANCE.typeInfo())
                .uid(uid() + "-dead-letters")
                .name(label() + ": dead letters")
                .setParallelism(operator.getParallelism())
                .setBufferTimeout(0);
    }

    default <T> DataStreamSink<T> on(DataStreamSink<T> sink) {
        return sink.uid(uid()).name(label());
    }
}
