package io.atalaya.hotlistmatch.passage;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Binary form of {@link DeviceMemory}. */
public final class DeviceMemoryFormat implements BinaryFormat<DeviceMemory> {
    static final DeviceMemoryFormat INSTANCE = new DeviceMemoryFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<DeviceMemory> type() {
        return DeviceMemory.class;
    }

    @Override
    public void write(DeviceMemory memory, DataOutputView out) throws IOException {
        Binary.writeVarInt(memory.sent().size(), out);
        for (Map.Entry<String, DeviceMemory.Sent> entry : memory.sent().entrySet()) {
            DeviceMemory.Sent sent = entry.getValue();
            Binary.writeString(entry.getKey(), out);
            // Most reads revise nothing: their root is their own id.
            Binary.writeString(sent.root().equals(entry.getKey()) ? null : sent.root(), out);
            out.writeLong(sent.arrival());
            Binary.writeVarInt(sent.plates().length, out);
            for (long plate : sent.plates()) {
                out.writeLong(plate);
            }
        }
        Binary.writeVarInt(memory.gone().size(), out);
        for (Map.Entry<String, Long> entry : memory.gone().entrySet()) {
            Binary.writeString(entry.getKey(), out);
            out.writeLong(entry.getValue());
        }
    }

    @Override
    public DeviceMemory read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        Map<String, DeviceMemory.Sent> sent = new LinkedHashMap<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            String readId = Binary.readString(in);
            String root = Binary.readString(in);
            long arrival = in.readLong();
            long[] plates = new long[Binary.readVarInt(in)];
            for (int p = 0; p < plates.length; p++) {
                plates[p] = in.readLong();
            }
            sent.put(readId, new DeviceMemory.Sent(root == null ? readId : root, arrival, plates));
        }
        Map<String, Long> gone = new LinkedHashMap<>();
        for (int i = Binary.readVarInt(in); i > 0; i--) {
            gone.put(Binary.readString(in), in.readLong());
        }
        return new DeviceMemory(sent, gone);
    }
}
