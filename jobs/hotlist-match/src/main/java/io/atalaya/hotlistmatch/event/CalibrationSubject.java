package io.atalaya.hotlistmatch.event;

/** Whose record is kept: that of a list, or that of a device. */
public sealed interface CalibrationSubject {
    String id();

    /** A text that no other subject has. */
    String key();

    /** The device, or null: it is none. */
    String deviceId();

    /** The list that entries come with. */
    record Source(String id) implements CalibrationSubject {
        @Override
        public String key() {
            return "source/" + id;
        }

        @Override
        public String deviceId() {
            return null;
        }
    }

    /** The device that read. */
    record Device(String id) implements CalibrationSubject {
        @Override
        public String key() {
            return "device/" + id;
        }

        @Override
        public String deviceId() {
            return id;
        }
    }
}
