package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.track.TrackManager;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** Zones of one camera. The zones themselves are not part of the state. */
public final class ZoneState {
    private List<Zone> zones = List.of();

    /** Signature of the zones to which the track states refer. */
    private int noted;

    /**
     * Sets the zones, usually none and at most {@link
     * io.atalaya.contracts.device.Device#MAX_ZONES}, because each is a bit in the track state. If
     * they differ from the previous ones, zone memberships and line crossings of all tracks are
     * reset.
     */
    public void draw(List<Zone> drawn, TrackManager tracks) {
        zones = List.copyOf(drawn);
        int now = signature(zones);
        if (now != noted) {
            noted = now;
            tracks.all().forEach(track -> track.detectorState().clearZones());
        }
    }

    /** Equal in every process, unlike the hash code of an enum. */
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
