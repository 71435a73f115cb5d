package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.track.Tracks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What somebody drew in one camera's picture. The zones themselves are no part of the state. */
public final class ZoneState {
    private List<Zone> zones = List.of();

    /** Of the zones that are in the notes of tracks. */
    private int noted;

    /**
     * What is drawn from now on; mostly nothing, and never more than {@link
     * io.atalaya.contracts.device.DeviceCodec#MAX_ZONES}: each is a bit in the notes of a track.
     * Where it is not what was drawn before, nobody is known to be in a zone or to have crossed a
     * line.
     */
    public void draw(List<Zone> drawn, Tracks tracks) {
        zones = List.copyOf(drawn);
        int now = signature(zones);
        if (now != noted) {
            noted = now;
            tracks.all().forEach(track -> track.detectorState().forgetZones());
        }
    }

    /** The same in every process, which the hash of a kind is not. */
    private static int signature(List<Zone> zones) {
        int hash = 0;
        for (Zone zone : zones) {
            hash = 31 * hash + zone.zoneId().hashCode();
            hash = 31 * hash + zone.kind().name().hashCode();
            for (Zone.Point point : zone.points()) {
                hash = 31 * hash + Float.hashCode(point.x());
                hash = 31 * hash + Float.hashCode(point.y());
            }
        }
        return hash;
    }

    public List<Zone> zones() {
        return zones;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(noted);
    }

    /** Reads what {@link #write} wrote. */
    public static ZoneState read(DataInput in) throws IOException {
        ZoneState zoneState = new ZoneState();
        zoneState.noted = in.readInt();
        return zoneState;
    }
}
