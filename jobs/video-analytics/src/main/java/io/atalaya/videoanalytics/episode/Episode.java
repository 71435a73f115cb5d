package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.Field;
import io.atalaya.videoanalytics.track.Track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Something unusual that lasts at one camera. It is one alert, however many frames, tracks and
 * track ids it consists of.
 */
public final class Episode {
    /** Further track ids are not listed; their objects are still counted. */
    private static final int MAX_TRACKS = 40;

    /** Bounds the size of the state. */
    private static final int MAX_NAME_BYTES = 256;

    private static final int MAX_MEMBERS = 32;

    private final AlertType type;
    private final String identityKey;
    private final long startedAt;
    private final List<String> trackIds = new ArrayList<>();
    private final List<Integer> members = new ArrayList<>();
    private final ObjectBoxes boxes = new ObjectBoxes();
    private int nameBytes;
    private long revision;
    private int objects;
    private long lastObservedAt;
    private long quietSince = -1;
    private long emittedAt;
    private boolean isChanged;
    private String zoneId;
    private CameraEvidence.Region region;
    private double value;
    private double limit;
    private double more;

    /**
     * @param anchor identifies the episode among those of its type and camera; the alert id is
     *     computed from it
     * @param since device time of the first evidence, epoch ms
     */
    public Episode(AlertType type, String anchor, long since) {
        this.type = type;
        this.identityKey = anchor;
        this.startedAt = since;
        this.lastObservedAt = since;
    }

    /** Adds a track by its number, and counts it once. */
    public boolean addTrack(int serial) {
        if (members.contains(serial)) {
            return false;
        }
        if (members.size() == MAX_MEMBERS) {
            members.remove(0);
        }
        members.add(serial);
        objects++;
        return true;
    }

    /** Adds the track ids by which consumers know its objects. */
    public void name(List<String> ids) {
        for (int i = 0; i < ids.size() && trackIds.size() < MAX_TRACKS; i++) {
            String id = ids.get(i);
            if (!trackIds.contains(id) && nameBytes + DetectedObject.bytes(id) <= MAX_NAME_BYTES) {
                trackIds.add(id);
                nameBytes += DetectedObject.bytes(id);
                isChanged = true;
            }
        }
    }

    /** Notes where an object is while it is part of the episode. */
    public void show(Track track) {
        boxes.put(track);
    }

    /**
     * Sets the measured numbers.
     *
     * @param newValue measured value
     * @param newLimit limit that the value broke
     * @param newMore second number; its meaning depends on the type
     * @throws IllegalArgumentException if a number is not finite
     */
    public void measure(double newValue, double newLimit, double newMore) {
        value = Field.finite("value", newValue);
        limit = Field.finite("limit", newLimit);
        more = Field.finite("more", newMore);
    }

    /** Records that the episode was observed at this device time, epoch ms. */
    public void onObserved(long time) {
        lastObservedAt = Math.max(lastObservedAt, time);
        quietSince = -1;
    }

    /**
     * Quiet time since the episode was last observed, in ms of observed time. Call it once per
     * frame.
     */
    public long quietMillis(long live) {
        if (quietSince < 0) {
            quietSince = live;
        }
        return live - quietSince;
    }

    public void place(CameraEvidence.Region where) {
        region = where;
    }

    public void zone(String id) {
        zoneId = id;
    }

    public AlertType type() {
        return type;
    }

    /** Whether the episode depends on the learned scene. */
    public boolean isAboutScene() {
        return switch (type) {
            case CAMERA_SILENT, CAMERA_FROZEN, CAMERA_MOVED, STREAM_INCONSISTENT -> false;
            default -> true;
        };
    }

    public String identityKey() {
        return identityKey;
    }

    public long startedAt() {
        return startedAt;
    }

    public long lastObservedAt() {
        return lastObservedAt;
    }

    public List<Integer> members() {
        return members;
    }

    public String zoneId() {
        return zoneId;
    }

    public CameraEvidence.Region region() {
        return region;
    }

    public int objects() {
        return objects;
    }

    public void objects(int count) {
        objects = count;
    }

    public double value() {
        return value;
    }

    public double limit() {
        return limit;
    }

    /** Second number; its meaning depends on the type. */
    public double more() {
        return more;
    }

    List<String> trackIds() {
        return trackIds;
    }

    ObjectBoxes boxes() {
        return boxes;
    }

    /**
     * @param arrival arrival time of the cause, epoch ms
     */
    long nextRevision(long arrival) {
        revision = Alert.revisionAfter(revision, arrival);
        return revision;
    }

    /**
     * Whether an update is due: track ids were added, or the duration is twice the last emitted
     * one.
     */
    boolean isDue(long time, long minMillis) {
        long emitted = emittedAt - startedAt;
        long now = time - startedAt;
        return isChanged && time - emittedAt >= minMillis
                || now >= 2 * Math.max(emitted, minMillis);
    }

    void emitted(long time) {
        emittedAt = time;
        isChanged = false;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(type.wireName());
        out.writeUTF(identityKey);
        out.writeLong(startedAt);
        out.writeByte(trackIds.size());
        for (String each : trackIds) {
            out.writeUTF(each);
        }
        out.writeByte(members.size());
        for (int member : members) {
            out.writeInt(member);
        }
        out.writeLong(revision);
        out.writeInt(objects);
        out.writeLong(lastObservedAt);
        out.writeLong(quietSince);
        out.writeLong(emittedAt);
        out.writeBoolean(isChanged);
        out.writeUTF(zoneId == null ? "" : zoneId);
        out.writeBoolean(region != null);
        if (region != null) {
            out.writeDouble(region.x());
            out.writeDouble(region.y());
            out.writeDouble(region.width());
            out.writeDouble(region.height());
        }
        boxes.write(out);
        out.writeDouble(value);
        out.writeDouble(limit);
        out.writeDouble(more);
    }

    static Episode read(DataInput in) throws IOException {
        AlertType type = type(in.readUTF());
        Episode episode = new Episode(type, in.readUTF(), in.readLong());
        int ids = in.readByte();
        for (int i = 0; i < ids; i++) {
            episode.name(List.of(in.readUTF()));
        }
        int members = in.readByte();
        for (int i = 0; i < members; i++) {
            episode.members.add(in.readInt());
        }
        episode.revision = in.readLong();
        episode.objects = in.readInt();
        episode.lastObservedAt = in.readLong();
        episode.quietSince = in.readLong();
        episode.emittedAt = in.readLong();
        episode.isChanged = in.readBoolean();
        String zone = in.readUTF();
        episode.zoneId = zone.isEmpty() ? null : zone;
        if (in.readBoolean()) {
            episode.region =
                    new CameraEvidence.Region(
                            in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
        }
        episode.boxes.read(in);
        episode.measure(in.readDouble(), in.readDouble(), in.readDouble());
        return episode;
    }

    private static AlertType type(String wireName) throws IOException {
        for (AlertType type : AlertType.values()) {
            if (type.wireName().equals(wireName)) {
                return type;
            }
        }
        throw new IOException("episode: type " + wireName + " is unknown");
    }
}
