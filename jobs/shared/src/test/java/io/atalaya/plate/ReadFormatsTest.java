package io.atalaya.plate;

import io.atalaya.rfid.RfidRead;
import io.atalaya.rfid.RfidReadFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The short forms give back what the first ones did, which are written here as they once were. */
class ReadFormatsTest {

    /** Readers that name their plate again among the alternatives, and those that do not. */
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
                read.time(),
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
                read.withdrawn());
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

    @Property
    void aPlateReadIsAsVersionOneGaveItBack(@ForAll("reads") PlateRead read) throws IOException {
        assertThat(
                        throughVersion(
                                2, PlateReadFormat.INSTANCE::write, read, PlateReadFormat.INSTANCE))
                .isEqualTo(
                        throughVersion(
                                1, ReadFormatsTest::writeV1, read, PlateReadFormat.INSTANCE));
    }

    @Property
    void aTagReadIsAsVersionOneGaveItBack(@ForAll("tags") RfidRead read) throws IOException {
        assertThat(throughVersion(2, RfidReadFormat.INSTANCE::write, read, RfidReadFormat.INSTANCE))
                .isEqualTo(
                        throughVersion(1, ReadFormatsTest::writeV1, read, RfidReadFormat.INSTANCE));
    }

    private static <T> T throughVersion(
            int version, Binary.Writer<T> writer, T value, BinaryFormat<T> format)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        writer.write(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = format.read(version, in);
        assertThat(in.available()).as("bytes left over").isZero();
        return read;
    }

    private static void writeV1(PlateRead read, DataOutputView out) throws IOException {
        Binary.writeString(read.readId(), out);
        Binary.writeString(read.deviceId(), out);
        out.writeShort(read.lane() == null ? -1 : read.lane());
        out.writeLong(read.time());
        Binary.writeString(read.plate(), out);
        out.writeFloat((float) read.confidence());
        Binary.writeList(
                read.candidates(),
                (candidate, o) -> {
                    Binary.writeString(candidate.plate(), o);
                    o.writeFloat((float) candidate.confidence());
                },
                out);
        Binary.writeString(read.country(), out);
        Binary.writeString(read.state(), out);
        out.writeByte(read.direction() == null ? -1 : read.direction().ordinal());
        Binary.writeDoubleOrNull(read.speedKmh(), out);
        Binary.writeOptional(read.vehicle(), VehicleFormat.INSTANCE::write, out);
        Binary.writeString(read.imageRef(), out);
        Binary.writeString(read.supersedes(), out);
        out.writeBoolean(read.withdrawn());
    }

    private static void writeV1(RfidRead read, DataOutputView out) throws IOException {
        Binary.writeString(read.readId(), out);
        Binary.writeString(read.deviceId(), out);
        out.writeShort(read.lane() == null ? -1 : read.lane());
        out.writeLong(read.time());
        Binary.writeString(read.tagId(), out);
        Binary.writeString(read.registeredPlate(), out);
        Binary.writeOptional(read.registeredVehicle(), VehicleFormat.INSTANCE::write, out);
    }
}
