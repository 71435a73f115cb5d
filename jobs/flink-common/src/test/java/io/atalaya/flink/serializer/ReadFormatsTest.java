package io.atalaya.flink.serializer;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.PlateArbitraries;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The serializers of reads, the most frequent values in state. */
class ReadFormatsTest {

    /** Readers that repeat their plate among the alternatives, and others. */
    @Provide
    Arbitrary<PlateRead> reads() {
        Arbitrary<Integer> repeats = Arbitraries.integers().between(0, 2);
        return Combinators.combine(PlateArbitraries.reads(), repeats)
                .as((read, repeat) -> repeat == 0 ? read : namedAgain(read, repeat == 1));
    }

    private static PlateRead namedAgain(PlateRead read, boolean asSure) {
        if (read.plate() == null) {
            return read;
        }
        List<Candidate> candidates = new ArrayList<>(read.candidates());
        double confidence = asSure ? read.confidence() : 1 - read.confidence();
        candidates.add(0, new Candidate(read.plate(), confidence));
        return new PlateRead(
                read.readId(),
                read.deviceId(),
                read.lane(),
                read.deviceTime(),
                read.plate(),
                read.confidence(),
                candidates,
                read.country(),
                read.state(),
                read.direction(),
                read.speedKmh(),
                read.vehicle(),
                read.plateImage(),
                read.imageRef(),
                read.supersedes(),
                read.isWithdrawn());
    }

    @Provide
    Arbitrary<RfidRead> tags() {
        return Combinators.combine(
                        PlateArbitraries.text(1, 128),
                        PlateArbitraries.text(1, 128),
                        PlateArbitraries.lanes().injectNull(0.2),
                        PlateArbitraries.times(),
                        PlateArbitraries.text(1, 64),
                        PlateArbitraries.plates().injectNull(0.3),
                        PlateArbitraries.vehicles().injectNull(0.3))
                .as(RfidRead::new);
    }

    /** Images are not kept, and confidences have a float's precision. */
    @Property
    void readsThePlateReadThatItWrote(@ForAll("reads") PlateRead read) throws IOException {
        assertThat(written(PlateReadSerializer.INSTANCE, read))
                .isEqualTo(
                        new PlateRead(
                                read.readId(),
                                read.deviceId(),
                                read.lane(),
                                read.deviceTime(),
                                read.plate(),
                                kept(read.confidence()),
                                read.candidates().stream()
                                        .map(
                                                each ->
                                                        new Candidate(
                                                                each.plate(),
                                                                kept(each.confidence())))
                                        .toList(),
                                read.country(),
                                read.state(),
                                read.direction(),
                                read.speedKmh(),
                                read.vehicle(),
                                null,
                                read.imageRef(),
                                read.supersedes(),
                                read.isWithdrawn()));
    }

    @Property
    void readsTheTagReadThatItWrote(@ForAll("tags") RfidRead read) throws IOException {
        assertThat(written(RfidReadSerializer.INSTANCE, read)).isEqualTo(read);
    }

    private static double kept(double confidence) {
        return Math.round((float) confidence * 1e6) / 1e6;
    }

    private static <T> T written(RecordSerializer<T> format, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        format.write(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = format.read(in);
        assertThat(in.available()).as("bytes left over").isZero();
        return read;
    }
}
