package io.atalaya.hotlistmatch;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Every operator's uid and name, declared once. A uid is a database key: a changed one drops state.
 */
public enum Step {
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
    SIGHTINGS("sightings", "sightings: the past"),
    LIST_NEWS("list-news", "list changes as news"),
    DEVICE_NEWS("device-news", "devices as news"),
    MATCH("match", "match: buckets"),
    SECOND_OPINION("second-opinion", "second opinion: images read again"),
    DECIDE("decide", "decide: score and life cycle"),
    ANSWERS("answers", "answers: what alerts had promised"),
    CALIBRATION("calibration", "calibration: records of devices and lists"),
    CLONE_GUARD("clone-guard", "clones: faulty devices"),
    COMPANY("company", "company: cars near listed ones"),
    CONVOYS("convoys", "convoys: who keeps together"),
    ANOMALY("anomaly", "anomalies: life cycle"),
    FENCE("savepoint-fence", "before the last savepoint"),
    ALERTS("alerts", "alerts"),
    DEAD_LETTER("dead-letter", "dead letters");

    private final String uid;
    private final String label;

    Step(String uid, String label) {
        this.uid = uid;
        this.label = label;
    }

    public String uid() {
        return uid;
    }

    public String label() {
        return label;
    }

    <T> SingleOutputStreamOperator<T> on(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid).name(label);
    }

    /**
     * An operator that puts out little. Each record goes on at once, which spares each of its edges
     * a thread that would wake every few milliseconds to send on what there seldom is.
     */
    <T> SingleOutputStreamOperator<T> rarelyOn(SingleOutputStreamOperator<T> operator) {
        return on(operator).setBufferTimeout(0);
    }

    <T> DataStreamSink<T> on(DataStreamSink<T> sink) {
        return sink.uid(uid).name(label);
    }
}
