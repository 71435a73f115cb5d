package io.atalaya.videoanalytics.streamhealth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Reference to a frame: its number, if the source numbers frames, and its time. It is updated at
 * every frame and printed only in an alert. It is mutable because a new String per frame would be a
 * new reference from an old object, for which the garbage collector scans that object.
 */
final class FrameRef {
    private static final long NONE = -1;
    private static final String NO_FRAME = "";

    private boolean isNumbered;
    private long number;
    private long deviceTime = NONE;

    /**
     * @param frameId frame number, or null
     * @param frameTime epoch ms
     */
    void set(Long frameId, long frameTime) {
        isNumbered = frameId != null;
        number = isNumbered ? frameId : 0;
        deviceTime = frameTime;
    }

    /**
     * Number and time as {@code 17@1700000000000}; without a number only {@code @} and the time.
     */
    @Override
    public String toString() {
        if (deviceTime == NONE) {
            return NO_FRAME;
        }
        return isNumbered ? number + "@" + deviceTime : "@" + deviceTime;
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
