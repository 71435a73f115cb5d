package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.serializer.AlertSerializer;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link LinkNews}. */
public final class LinkNewsSerializer implements StateSerializer<LinkNews> {
    public static final LinkNewsSerializer INSTANCE = new LinkNewsSerializer();

    private static final int STEADY = 1;
    private static final int QUIET = 2;
    private static final int HEARD = 3;
    private static final int SILENCE = 4;

    @Override
    public String id() {
        return "link-event";
    }

    @Override
    public Class<LinkNews> type() {
        return LinkNews.class;
    }

    @Override
    public void write(LinkNews news, DataOutputView out) throws IOException {
        if (news instanceof LinkNews.Silence silence) {
            out.writeByte(SILENCE);
            AlertSerializer.INSTANCE.write(silence.alert(), out);
            RecordPositionCode.write(news.position(), out);
            return;
        }
        out.writeByte(
                news instanceof LinkNews.Steady
                        ? STEADY
                        : news instanceof LinkNews.Quiet ? QUIET : HEARD);
        Binary.writeString(news.deviceId(), out);
        out.writeLong(news.at());
        RecordPositionCode.write(news.position(), out);
        if (news instanceof LinkNews.Steady steady) {
            out.writeBoolean(steady.steady());
        } else if (news instanceof LinkNews.Quiet quiet) {
            out.writeLong(quiet.since());
        }
    }

    @Override
    public LinkNews read(DataInputView in) throws IOException {
        int kind = in.readByte();
        if (kind == SILENCE) {
            return new LinkNews.Silence(
                    AlertSerializer.INSTANCE.read(in), RecordPositionCode.read(in));
        }
        String deviceId = Binary.readString(in);
        long at = in.readLong();
        RecordPosition position = RecordPositionCode.read(in);
        return switch (kind) {
            case STEADY -> new LinkNews.Steady(deviceId, at, in.readBoolean(), position);
            case QUIET -> new LinkNews.Quiet(deviceId, at, in.readLong(), position);
            case HEARD -> new LinkNews.Heard(deviceId, at, position);
            default -> throw new IOException("link news of kind " + kind + " are unknown");
        };
    }
}
