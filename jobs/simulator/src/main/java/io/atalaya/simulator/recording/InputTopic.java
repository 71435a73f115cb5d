package io.atalaya.simulator.recording;

/**
 * The topics of a recording, in the order in which records of the same time are fed: reference data
 * before observations.
 */
public enum InputTopic {
    DEVICES("devices", false),
    MODEL_CONTROL("model-control", false),
    HOTLIST("hotlist", false),
    DISPOSITIONS("dispositions", false),
    MUTES("mutes", false),
    DISPATCH_RESPONSES("dispatch-responses", false),
    LOOK_UPS("look-ups", false),
    PLATE_READS("plate-reads", true),
    RFID_READS("rfid-reads", true),
    CAMERA_FRAMES("camera-frames", true),
    CAMERA_HEALTH("camera-health", true),
    SITE_PRESENCE("site-presence", true),
    ALERTS("alerts", true),
    DEVICE_EVENTS("device-events", true),
    CALLS("calls", true),
    PUBLIC_WARNINGS("public-warnings", true),
    NATIONAL_INBOUND("national-inbound", true),
    DELIVERIES("deliveries", true),
    DRONES("drones", true);

    private final String topicName;
    private final boolean isObservation;

    InputTopic(String topicName, boolean isObservation) {
        this.topicName = topicName;
        this.isObservation = isObservation;
    }

    public String topicName() {
        return topicName;
    }

    /**
     * Whether its records are observations (a read, a frame, a call). All records before the first
     * observation are fed ahead of all others.
     */
    public boolean isObservation() {
        return isObservation;
    }
}
