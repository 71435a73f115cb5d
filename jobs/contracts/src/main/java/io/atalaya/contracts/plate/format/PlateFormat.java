package io.atalaya.contracts.plate.format;

import io.atalaya.contracts.device.DeviceKey;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.adapter.PlateAdapter;
import io.atalaya.contracts.plate.adapter.axis.AxisAdapter;
import io.atalaya.contracts.plate.adapter.onvif.OnvifAdapter;
import io.atalaya.contracts.plate.adapter.openalpr.OpenAlprAdapter;

import java.util.List;

/** The formats of a topic's plate reads. */
public enum PlateFormat {
    /** Any of the others, detected per message. */
    AUTO((message, key) -> FormatDetector.detect(message).read(message, key)),

    /** The contract of topic {@code plate-reads}. */
    NATIVE((message, key) -> List.of(PlateReadCodec.read(message))),

    /** OpenALPR and Rekor Scout agents. */
    OPENALPR(keyed(new OpenAlprAdapter())),

    /** Axis License Plate Verifier, its JSON push events. */
    AXIS(keyed(new AxisAdapter())),

    /** ONVIF Profile M metadata and events, XML or JSON. */
    ONVIF(keyed(new OnvifAdapter()));

    private interface Reader {
        List<PlateRead> read(byte[] message, byte[] key) throws InvalidRecordException;
    }

    private final Reader reader;

    PlateFormat(Reader reader) {
        this.reader = reader;
    }

    private static Reader keyed(PlateAdapter adapter) {
        return (message, key) -> adapter.read(message, DeviceKey.of(key));
    }

    /**
     * The reads of one message, in order; empty for a valid message without a plate.
     *
     * @param message or null
     * @param key the record's, or null
     * @throws InvalidRecordException if the message cannot be used; then all its reads are rejected
     */
    public List<PlateRead> read(byte[] message, byte[] key) throws InvalidRecordException {
        return reader.read(message, key);
    }
}
