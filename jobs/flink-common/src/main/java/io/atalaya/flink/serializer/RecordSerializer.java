package io.atalaya.flink.serializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.List;

/**
 * The serializer of one immutable type, for edges between operators, for state and inside other
 * serializers. Most are derived from the type, see {@link DerivedSerializer}. Only types that cross
 * an edge or the state once per read, frame or list entry have a hand-written one: a stateless
 * class with a no-argument constructor that {@link SerializerNames} lists.
 */
public interface RecordSerializer<T> {

    void write(T value, DataOutputView out) throws IOException;

    T read(DataInputView in) throws IOException;

    /**
     * What was written, one line per component. A savepoint with other lines is not read.
     * Hand-written serializers count versions; changes before the first release keep version 1.
     */
    default List<String> schema() {
        return List.of("version 1");
    }

    /**
     * The serializer of a type: the hand-written one, or the derived one.
     *
     * @throws IllegalArgumentException if it has a component that no serializer can be derived for
     */
    @SuppressWarnings("unchecked")
    static <T> RecordSerializer<T> of(Class<T> type) {
        return (RecordSerializer<T>) DerivedSerializer.BY_TYPE.get(type);
    }
}
