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
    READ_HISTORY("read-history", "read history: reads by plate"),
    HOTLIST_UPDATES("hotlist-updates", "hot list as reference updates"),
    DEVICE_UPDATES("device-updates", "devices as reference updates"),
    MATCH("match", "match: buckets"),
    OCR_VERIFICATION("ocr-verification", "OCR verification: images read again"),
    ALERTING("alerting", "alerting: hot-list alerts"),
    OUTCOMES("outcomes", "outcomes: alerts and their dispositions"),
    CALIBRATION("calibration", "calibration: offsets of devices and lists"),
    FAULTY_DEVICES("faulty-devices", "faulty devices: cloned plates that are none"),
    CONVOY_PROXIMITY("convoy-proximity", "convoy proximity: vehicles near listed ones"),
    CONVOYS("convoys", "convoys: vehicles that travel together"),
    CROSS_CHECKS("cross-checks", "cross-checks: alerts without an entry"),
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
