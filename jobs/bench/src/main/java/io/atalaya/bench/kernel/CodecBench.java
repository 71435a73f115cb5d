package io.atalaya.bench.kernel;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Codec of a read for the wire, and serializer for edges and state. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBench {
    private static final int BUFFER_BYTES = 1024;
    private static final RecordSerializer<PassageEvent> EVENTS =
            RecordSerializer.of(PassageEvent.class);

    private final DataOutputSerializer out = new DataOutputSerializer(BUFFER_BYTES);
    private PlateRead read;
    private EnrichedRead enrichedRead;
    private byte[] json;
    private byte[] binary;

    /** Creates a read with attributes and an alternative, without an image. */
    @Setup
    public void setUp() throws IOException {
        read = Samples.misread(Samples.make().entry(0));
        enrichedRead =
                new EnrichedRead(
                        read.deviceId() + "/" + read.readId(), read.deviceTime(), false, read);
        json = PlateReadCodec.write(read);
        EVENTS.write(enrichedRead, out);
        binary = out.getCopyOfBuffer();
    }

    /** JSON to the record. */
    @Benchmark
    public PlateRead readJson() throws InvalidRecordException {
        return PlateReadCodec.read(json);
    }

    /** The record to JSON. */
    @Benchmark
    public byte[] writeJson() {
        return PlateReadCodec.write(read);
    }

    /** The record to bytes, as sent to the next operator and stored in state. */
    @Benchmark
    public int writeBinary() throws IOException {
        out.clear();
        EVENTS.write(enrichedRead, out);
        return out.length();
    }

    /** The bytes to the record. */
    @Benchmark
    public Object readBinary() throws IOException {
        return EVENTS.read(new DataInputDeserializer(binary));
    }

    /** The plate's text to its packed canonical form, folded. */
    @Benchmark
    public long packAndFold() {
        return CanonicalPlate.fold(CanonicalPlate.pack(read.plate()));
    }
}
