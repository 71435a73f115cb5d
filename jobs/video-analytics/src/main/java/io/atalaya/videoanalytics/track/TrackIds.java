package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All ids that a tracker gave to one object, in order of first use, in one char array. Separate
 * strings would be new references from an old object, which the garbage collector scans
 * concurrently with the job.
 */
final class TrackIds {
    /**
     * Enough to identify an object; a list that grew for days would break the bound of the state.
     */
    static final int MAX_IDS = 24;

    private static final int NONE = -1;
    private static final int MAX_BYTES = 120;
    private static final int FIRST_CAPACITY = 16;

    /** Each id, preceded by its length. */
    private char[] text = new char[FIRST_CAPACITY];

    private int used;
    private int count;

    /** Index of the current id; {@link #NONE} while another object has it. */
    private int present;

    /** Starts the ids of another object. */
    void begin(String name) {
        used = 0;
        count = 0;
        present = 0;
        add(name);
    }

    /** Sets the current id. Beyond the bounds the oldest id except the first is dropped. */
    void rename(String name) {
        List<String> known = all();
        present = known.indexOf(name);
        if (present >= 0) {
            return;
        }
        known.add(name);
        while (known.size() > MAX_IDS || known.size() > 2 && bytes(known) > MAX_BYTES) {
            known.remove(1);
        }
        set(known, known.size() - 1);
    }

    private void set(List<String> names, int which) {
        used = 0;
        count = 0;
        names.forEach(this::add);
        present = which;
    }

    private void add(String name) {
        int end = used + 1 + name.length();
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, 2 * text.length));
        }
        text[used] = (char) name.length();
        name.getChars(0, name.length(), text, used + 1);
        used = end;
        count++;
    }

    private static int bytes(List<String> names) {
        int bytes = 0;
        for (String name : names) {
            bytes += DetectedObject.bytes(name);
        }
        return bytes;
    }

    /** Another object has the current id. */
    void lose() {
        present = NONE;
    }

    /** The current id, or null. */
    String present() {
        if (present == NONE) {
            return null;
        }
        int at = 0;
        for (int i = 0; i < present; i++) {
            at += 1 + text[at];
        }
        return new String(text, at + 1, text[at]);
    }

    /** A new list of all ids in order of first use. */
    List<String> all() {
        List<String> names = new ArrayList<>(count + 1);
        for (int at = 0; at < used; at += 1 + text[at]) {
            names.add(new String(text, at + 1, text[at]));
        }
        return names;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(count);
        for (String name : all()) {
            out.writeUTF(name);
        }
        out.writeByte(present);
    }

    void read(DataInput in) throws IOException {
        int names = in.readByte();
        List<String> known = new ArrayList<>(names);
        for (int i = 0; i < names; i++) {
            known.add(in.readUTF());
        }
        set(known, in.readByte());
    }
}
