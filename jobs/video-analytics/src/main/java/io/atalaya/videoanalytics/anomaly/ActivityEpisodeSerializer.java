package io.atalaya.videoanalytics.anomaly;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link ActivityEpisode}. */
public final class ActivityEpisodeSerializer implements StateSerializer<ActivityEpisode> {
    public static final ActivityEpisodeSerializer INSTANCE = new ActivityEpisodeSerializer();

    @Override
    public String id() {
        return "activity-episode";
    }

    @Override
    public Class<ActivityEpisode> type() {
        return ActivityEpisode.class;
    }

    @Override
    public void write(ActivityEpisode episode, DataOutputView out) throws IOException {
        ObservationSerializer.writeLocation(episode.location(), out);
        out.writeByte(episode.objectClass().code());
        out.writeLong(episode.revision());
        out.writeLong(episode.since());
        out.writeLong(episode.until());
        out.writeLong(episode.emitted());
        out.writeDouble(episode.inView());
        out.writeDouble(episode.typical());
        AnomalyEvidence evidence = episode.evidence();
        Binary.writeString(evidence.modelVersion(), out);
        out.writeDouble(evidence.score());
        out.writeDouble(evidence.perDay());
        out.writeDouble(evidence.allowance());
        out.writeDouble(evidence.pValue());
        out.writeDouble(evidence.realisedPerDay());
        out.writeDouble(evidence.days());
        out.writeLong(episode.at());
    }

    @Override
    public ActivityEpisode read(DataInputView in) throws IOException {
        return new ActivityEpisode(
                ObservationSerializer.readLocation(in),
                ObjectClass.ofCode(in.readByte()),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                new AnomalyEvidence(
                        Binary.readString(in),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble()),
                in.readLong());
    }
}
