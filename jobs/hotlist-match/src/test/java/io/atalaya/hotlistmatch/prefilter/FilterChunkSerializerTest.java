package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.hotlistmatch.prefilter.ListFilterState.FilterChunk;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class FilterChunkSerializerTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 8", "1000, 0, 12", "1000, 3, 48", "1000, 666, 8004", "1000, 667, 8008"})
    void aChunkWithFewWordsSetIsShort(int length, int set, int bytes) throws IOException {
        long[] words = new long[length];
        Random random = new Random(1);
        for (int i = 0; i < set; i++) {
            words[i * 7 % length] = random.nextLong() | 1;
        }
        FilterChunkSerializer serializer = new FilterChunkSerializer();
        DataOutputSerializer out = new DataOutputSerializer(64);

        serializer.write(new FilterChunk(5, words), out);

        assertThat(out.length()).isEqualTo(bytes);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        FilterChunk read = serializer.read(in);
        assertThat(read.index()).isEqualTo(5);
        assertThat(read.words()).isEqualTo(words);
        assertThat(in.available()).isZero();
    }
}
