package io.atalaya.videoanalytics.anomaly;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.videoanalytics.track.ObjectClass;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ActivityEpisode}. */
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
    public void write(ActivityEpisode incident, DataOutputView out) throws IOException {
        ObservationSerializer.writeLocation(incident.location(), out);
        out.writeByte(incident.thing().code());
        out.writeLong(incident.revision());
        out.writeLong(incident.since());
        out.writeLong(incident.until());
        out.writeLong(incident.told());
        out.writeDouble(incident.inView());
        out.writeDouble(incident.usual());
        AnomalyEvidence grounds = incident.grounds();
        Binary.writeString(grounds.modelVersion(), out);
        out.writeDouble(grounds.score());
        out.writeDouble(grounds.perDay());
        out.writeDouble(grounds.allowance());
        out.writeDouble(grounds.pValue());
        out.writeDouble(grounds.realisedPerDay());
        out.writeDouble(grounds.days());
        out.writeLong(incident.at());
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
