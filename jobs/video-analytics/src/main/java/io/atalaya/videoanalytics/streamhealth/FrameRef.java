package io.atalaya.videoanalytics.streamhealth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which frame it was, kept at every frame and named only in an alert: its number, where the source
 * counts, and its time. Changed in place: a new text at every frame would be a new object in an old
 * one, for each of which Java's collector looks through the old one.
 */
final class FrameRef {
    private static final long NONE = -1;
    private static final String NO_FRAME = "";

    private boolean numbered;
    private long number;
    private long time = NONE;

    /**
     * @param frameId or null
     * @param frameTime epoch ms
     */
    void set(Long frameId, long frameTime) {
        numbered = frameId != null;
        number = numbered ? frameId : 0;
        time = frameTime;
    }

    /** Number and time, {@code 17@1700000000000}; without the number where there is none. */
    @Override
    public String toString() {
        if (time == NONE) {
            return NO_FRAME;
        }
        return numbered ? number + "@" + time : "@" + time;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(toString());
    }

    static FrameRef read(DataInput in) throws IOException {
        FrameRef mark = new FrameRef();
        String name = in.readUTF();
        int at = name.indexOf('@');
        if (at >= 0) {
            mark.set(
                    at == 0 ? null : Long.valueOf(name.substring(0, at)),
                    Long.parseLong(name.substring(at + 1)));
        }
        return mark;
    }
}
