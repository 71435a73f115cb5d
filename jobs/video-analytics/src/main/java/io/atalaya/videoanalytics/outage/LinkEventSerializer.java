package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.serializer.AlertSerializer;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link LinkEvent}. */
public final class LinkEventSerializer implements StateSerializer<LinkEvent> {
    public static final LinkEventSerializer INSTANCE = new LinkEventSerializer();

    private static final int STEADY = 1;
    private static final int QUIET = 2;
    private static final int HEARD = 3;
    private static final int SILENCE = 4;

    @Override
    public String id() {
        return "link-event";
    }

    @Override
    public Class<LinkEvent> type() {
        return LinkEvent.class;
    }

    @Override
    public void write(LinkEvent news, DataOutputView out) throws IOException {
        if (news instanceof LinkEvent.SilenceAlerted silence) {
            out.writeByte(SILENCE);
            AlertSerializer.INSTANCE.write(silence.alert(), out);
            RecordPositionCode.write(news.position(), out);
            return;
        }
        out.writeByte(
                news instanceof LinkEvent.SteadinessChanged
                        ? STEADY
                        : news instanceof LinkEvent.WentQuiet ? QUIET : HEARD);
        Binary.writeString(news.deviceId(), out);
        out.writeLong(news.at());
        RecordPositionCode.write(news.position(), out);
        if (news instanceof LinkEvent.SteadinessChanged steady) {
            out.writeBoolean(steady.steady());
        } else if (news instanceof LinkEvent.WentQuiet quiet) {
            out.writeLong(quiet.since());
        }
    }

    @Override
    public LinkEvent read(DataInputView in) throws IOException {
        int kind = in.readByte();
        if (kind == SILENCE) {
            return new LinkEvent.SilenceAlerted(
                    AlertSerializer.INSTANCE.read(in), RecordPositionCode.read(in));
        }
        String deviceId = Binary.readString(in);
        long at = in.readLong();
        RecordPosition position = RecordPositionCode.read(in);
        return switch (kind) {
            case STEADY ->
                    new LinkEvent.SteadinessChanged(deviceId, at, in.readBoolean(), position);
            case QUIET -> new LinkEvent.WentQuiet(deviceId, at, in.readLong(), position);
            case HEARD -> new LinkEvent.Resumed(deviceId, at, position);
            default -> throw new IOException("link news of kind " + kind + " are unknown");
        };
    }
}
