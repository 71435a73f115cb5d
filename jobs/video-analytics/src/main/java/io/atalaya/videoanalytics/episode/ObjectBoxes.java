package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Where the objects of an episode were last seen as part of it. Its entries are overwritten with
 * every frame while the episode is open, and the evidence is made only when an alert is emitted.
 */
final class ObjectBoxes {
    /** Bounds the size of the state; further boxes have no track id. */
    private static final int MAX_NAME_BYTES = 256;

    private final List<Entry> entries = new ArrayList<>(1);

    /** The last box of one track. */
    private static final class Entry {
        private int trackNumber;
        private int kind;
        private String trackId;
        private float left;
        private float top;
        private float width;
        private float height;
        private long time;

        private int nameBytes() {
            return trackId == null ? 0 : DetectedObject.bytes(trackId);
        }
    }

    /**
     * Puts the latest box of a track in place of an earlier one. If there is no room, the box that
     * was seen longest ago gives way, but none that was seen just now.
     */
    void put(Track track) {
        Entry entry = entryOf(track);
        if (entry == null) {
            return;
        }
        entry.trackNumber = track.trackNumber();
        entry.kind = track.kind().code();
        entry.left = track.left();
        entry.top = track.top();
        entry.width = track.width();
        entry.height = track.height();
        entry.time = track.lastTime();
        if (!Objects.equals(entry.trackId, track.id())) {
            entry.trackId = null;
            entry.trackId = withinBound(track.id());
        }
    }

    private String withinBound(String id) {
        return id != null && nameBytes() + DetectedObject.bytes(id) <= MAX_NAME_BYTES ? id : null;
    }

    private Entry entryOf(Track track) {
        Entry oldest = null;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.trackNumber == track.trackNumber()) {
                return entry;
            }
            if (oldest == null || entry.time < oldest.time) {
                oldest = entry;
            }
        }
        if (entries.size() < CameraEvidence.MAX_BOXES) {
            return append();
        }
        return oldest.time < track.lastTime() ? oldest : null;
    }

    private Entry append() {
        Entry entry = new Entry();
        entries.add(entry);
        return entry;
    }

    private int nameBytes() {
        int bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).nameBytes();
        }
        return bytes;
    }

    /** The boxes in the order in which their objects were first detected. */
    List<CameraEvidence.ObjectBox> toEvidence() {
        return entries.stream()
                .sorted(Comparator.comparingInt(entry -> entry.trackNumber))
                .map(ObjectBoxes::toEvidence)
                .toList();
    }

    private static CameraEvidence.ObjectBox toEvidence(Entry entry) {
        return new CameraEvidence.ObjectBox(
                entry.trackId,
                ObjectClass.ofCode(entry.kind).toEvidence(),
                CameraEvidence.Region.clipped(
                        entry.left, entry.top, entry.left + entry.width, entry.top + entry.height),
                entry.time);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(entries.size());
        for (Entry entry : entries) {
            out.writeInt(entry.trackNumber);
            out.writeByte(entry.kind);
            out.writeUTF(entry.trackId == null ? "" : entry.trackId);
            out.writeFloat(entry.left);
            out.writeFloat(entry.top);
            out.writeFloat(entry.width);
            out.writeFloat(entry.height);
            out.writeLong(entry.time);
        }
    }

    /** Reads what {@link #write} wrote. */
    void read(DataInput in) throws IOException {
        int n = in.readByte();
        for (int i = 0; i < n; i++) {
            Entry entry = append();
            entry.trackNumber = in.readInt();
            entry.kind = ObjectClass.ofCode(in.readByte()).code();
            String id = in.readUTF();
            entry.trackId = id.isEmpty() ? null : id;
            entry.left = in.readFloat();
            entry.top = in.readFloat();
            entry.width = in.readFloat();
            entry.height = in.readFloat();
            entry.time = in.readLong();
        }
    }
}
