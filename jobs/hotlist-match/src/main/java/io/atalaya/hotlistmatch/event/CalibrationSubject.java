package io.atalaya.hotlistmatch.event;

/** Subject of a calibration record: a list or a device. */
public sealed interface CalibrationSubject {
    String id();

    /** Text that is unique among all subjects. */
    String key();

    /** The device, or null for a list. */
    String deviceId();

    /** The list that supplies the entries. */
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

    /** The device that made the reads. */
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
