package io.atalaya.hotlistmatch;

import io.atalaya.flink.step.OperatorId;

/** Every operator of the job. */
public enum HotlistMatchOperatorId implements OperatorId {
    PLATE_READS("plate-reads", "plate reads"),
    RFID_READS("rfid-reads", "tag reads"),
    HOTLIST("hotlist", "hot list"),
    DEVICES("devices", "devices"),
    DISPOSITIONS("dispositions", "dispositions"),
    PUBLISHED("published-alerts", "alerts as published"),
    PARSE_READS("parse-plate-reads", "parse plate reads"),
    PARSE_RFID("parse-rfid-reads", "parse tag reads"),
    PARSE_HOTLIST("parse-hotlist", "parse hot list"),
    PARSE_DEVICES("parse-devices", "parse devices"),
    PARSE_DISPOSITIONS("parse-dispositions", "parse dispositions"),
    PARSE_PUBLISHED("parse-published-alerts", "parse published alerts"),
    REGISTRY("registry", "registry: entry versions"),
    PASSAGE("passage", "passage and prefilter"),
    READ_HISTORY("sightings", "sightings: the past"),
    HOTLIST_UPDATES("list-news", "list changes as news"),
    DEVICE_UPDATES("device-news", "devices as news"),
    MATCH("match", "match: buckets"),
    OCR_VERIFICATION("second-opinion", "second opinion: images read again"),
    ALERTING("decide", "decide: score and life cycle"),
    ANSWERS("answers", "answers: what alerts had promised"),
    CALIBRATION("calibration", "calibration: records of devices and lists"),
    FAULTY_DEVICES("clone-guard", "clones: faulty devices"),
    CONVOY_PROXIMITY("company", "company: cars near listed ones"),
    CONVOYS("convoys", "convoys: who keeps together"),
    ANOMALY("anomaly", "anomalies: life cycle"),
    FAULTS("faults", "faults: what is not analysed"),
    ALERT_RECORDS("alert-records", "alerts as records"),
    FENCE("savepoint-fence", "before the last savepoint"),
    ALERTS("alerts", "alerts"),
    DEAD_LETTER("dead-letter", "dead letters");

    private final String uid;
    private final String label;

    HotlistMatchOperatorId(String uid, String label) {
        this.uid = uid;
        this.label = label;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public String label() {
        return label;
    }
}
