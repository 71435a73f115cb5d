package io.atalaya.kafka;

/** The names of the topics, as the contracts fix them. */
public final class Topics {
    public static final String PLATE_READS = "plate-reads";
    public static final String RFID_READS = "rfid-reads";
    public static final String CAMERA_FRAMES = "camera-frames";
    public static final String HOTLIST = "hotlist";
    public static final String DEVICES = "devices";
    public static final String DISPOSITIONS = "dispositions";
    public static final String MODEL_CONTROL = "model-control";
    public static final String MODEL_ANSWERS = "model-answers";
    public static final String ALERTS = "alerts";
    public static final String DEAD_LETTER = "dead-letter";

    private Topics() {}
}
