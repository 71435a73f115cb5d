package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names that a tracker gave to one thing, the first first, in one array of characters. Kept as
 * the strings that came they would be something new in an old camera with each thing, and what old
 * objects refer to Java's collector has to find out beside the job.
 */
final class TrackIds {
    /** Enough to name a thing by; a list that grew for days would break the bound on state. */
    static final int MAX_IDS = 24;

    private static final int MAX_BYTES = 120;
    private static final int FIRST_CAPACITY = 16;

    /** Each name behind its length. */
    private char[] text = new char[FIRST_CAPACITY];

    private int used;
    private int count;

    /** Which of them is the present one. */
    private int present;

    /** The names of another thing. */
    void begin(String name) {
        used = 0;
        count = 0;
        present = 0;
        add(name);
    }

    /** The thing goes by that name from now on. */
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

    /** The present name. */
    String present() {
        return all().get(present);
    }

    /** All names, the first first; the caller's to change. */
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
