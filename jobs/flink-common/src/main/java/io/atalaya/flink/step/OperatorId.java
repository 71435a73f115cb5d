package io.atalaya.flink.step;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.flink.serializer.DeadLetterSerializer;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * An operator of a job: each job declares all of its own once, as an enum. A uid is a database key:
 * a changed one drops state.
 */
public interface OperatorId {
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

    /**
     * What an operator sends to the dead letter. Passed on by an operator in the same task that
     * puts out little, so that the edge has no such thread although the operator may be busy.
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
