package io.atalaya.hotlistmatch.calibration;

/** Whose record is kept: that of a list, or that of a device. */
public sealed interface CalibrationSubject {
    String id();

    /** A text that no other subject has. */
    String key();

    /** The list that entries come with. */
    record Source(String id) implements CalibrationSubject {
        @Override
        public String key() {
            return "source/" + id;
        }
    }

    /** The device that read. */
    record Device(String id) implements CalibrationSubject {
        @Override
        public String key() {
            return "device/" + id;
        }
    }
}
