package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stationary objects that the camera has stopped sending. ONVIF reports once that an object is idle
 * and sends it again when it moves. Until then, or until it is reported gone, it is added to every
 * frame.
 */
final class IdleObjects {
    /** Idle objects expire after this time, because a restarted camera never reports them gone. */
    private static final long KEPT_MILLIS = 3_600_000;

    private static final int MAX_OBJECTS = 64;

    private record IdleObject(DetectedObject object, long idleSince) {}

    private final Map<String, IdleObject> idle = new LinkedHashMap<>();

    /** The objects of a whole frame, idle objects included. */
    List<DetectedObject> complete(CameraFrame frame) {
        List<DetectedObject> sent = frame.objects();
        if (!idle.isEmpty()) {
            end(frame);
            for (int i = 0; i < sent.size(); i++) {
                idle.remove(sent.get(i).trackId());
            }
            Iterator<IdleObject> all = idle.values().iterator();
            while (all.hasNext()) {
                if (frame.deviceTime() - all.next().idleSince() > KEPT_MILLIS) {
                    all.remove();
                }
            }
        }
        List<DetectedObject> whole = sent;
        if (!idle.isEmpty()) {
            whole = new ArrayList<>(sent.size() + idle.size());
            whole.addAll(sent);
            for (IdleObject each : idle.values()) {
                whole.add(each.object());
            }
        }
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).isIdle() && idle.size() < MAX_OBJECTS) {
                idle.put(sent.get(i).trackId(), new IdleObject(sent.get(i), frame.deviceTime()));
            }
        }
        return whole;
    }

    /** Removes the objects that the frame reports gone, even if it is late. */
    void end(CameraFrame frame) {
        for (String id : frame.removedTrackIds()) {
            IdleObject emitted = idle.get(id);
            if (emitted != null && emitted.idleSince() <= frame.deviceTime()) {
                idle.remove(id);
            }
        }
    }

    /** Removes all objects, because the clock jumped. */
    void clear() {
        idle.clear();
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(idle.size());
        for (IdleObject each : idle.values()) {
            out.writeLong(each.idleSince());
            write(each.object(), out);
        }
    }

    static IdleObjects read(DataInput in) throws IOException {
        IdleObjects objects = new IdleObjects();
        for (int n = in.readShort(); n > 0; n--) {
            long since = in.readLong();
            DetectedObject object = readObject(in);
            objects.idle.put(object.trackId(), new IdleObject(object, since));
        }
        return objects;
    }

    /** Full precision, because repeated frames are recognized by exactly equal boxes. */
    static void write(DetectedObject object, DataOutput out) throws IOException {
        out.writeUTF(object.trackId());
        out.writeUTF(object.type());
        out.writeDouble(object.confidence());
        out.writeDouble(object.x());
        out.writeDouble(object.y());
        out.writeDouble(object.width());
        out.writeDouble(object.height());
        out.writeBoolean(object.isIdle());
    }

    static DetectedObject readObject(DataInput in) throws IOException {
        return new DetectedObject(
                in.readUTF(),
                in.readUTF(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readBoolean());
    }
}
