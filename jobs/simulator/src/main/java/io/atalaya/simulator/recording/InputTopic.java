package io.atalaya.simulator.recording;

/**
 * The topics that a recording may hold, in the order in which records of one instant are fed: what
 * says how the world is, before what happens in it.
 */
public enum InputTopic {
    DEVICES("devices", false),
    MODEL_CONTROL("model-control", false),
    HOTLIST("hotlist", false),
    DISPOSITIONS("dispositions", false),
    DISPATCH_RESPONSES("dispatch-responses", false),
    PLATE_READS("plate-reads", true),
    RFID_READS("rfid-reads", true),
    CAMERA_FRAMES("camera-frames", true),
    CAMERA_HEALTH("camera-health", true),
    BUTTONS("buttons", true),
    DRONES("drones", true),
    CALLS("calls", true);

    private final String topicName;
    private final boolean observes;

    InputTopic(String topicName, boolean observes) {
        this.topicName = topicName;
        this.observes = observes;
    }

    public String topicName() {
        return topicName;
    }

    /**
     * Whether its records are observations (a read, a frame, a call). What was known before the
     * first of them is fed before all of them.
     */
    public boolean observes() {
        return observes;
    }
}
