package io.atalaya.flink.bulkhead;

import io.atalaya.flink.options.SettingsReader;

import org.apache.flink.configuration.ConfigOption;

import java.io.Serializable;

import static org.apache.flink.configuration.ConfigOptions.key;

/**
 * The limits above which failures are widespread, so that the job must fail.
 *
 * @param maxFailedRecords share of records, 0..1
 * @param maxPausedKeys share of keys, 0..1
 */
public record BulkheadSettings(double maxFailedRecords, double maxPausedKeys)
        implements Serializable {
    public static final ConfigOption<Double> MAX_FAILED_RECORDS =
            key("bulkhead.max-failed-records")
                    .doubleType()
                    .defaultValue(0.01)
                    .withDescription(
                            "Share of an operator's records, 0 to 1, that may fail by an internal error within about "
                                    + "ten minutes before the job fails. At least 20 have to fail. `1`: never; `0`: the "
                                    + "20th failure.");

    public static final ConfigOption<Double> MAX_PAUSED_KEYS =
            key("bulkhead.max-paused-keys")
                    .doubleType()
                    .defaultValue(0.1)
                    .withDescription(
                            "Share of an operator's cameras, devices, plates or entries, 0 to 1, that may be paused "
                                    + "because of internal errors before the job fails. At least three have to be, or "
                                    + "both of two. `1`: never; `0`: the third one.");

    public static final BulkheadSettings DEFAULT =
            new BulkheadSettings(MAX_FAILED_RECORDS.defaultValue(), MAX_PAUSED_KEYS.defaultValue());

    public static BulkheadSettings from(SettingsReader reader) {
        return new BulkheadSettings(
                reader.between(MAX_FAILED_RECORDS, 0.0, 1.0),
                reader.between(MAX_PAUSED_KEYS, 0.0, 1.0));
    }
}
