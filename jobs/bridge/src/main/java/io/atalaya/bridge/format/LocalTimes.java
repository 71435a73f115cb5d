package io.atalaya.bridge.format;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as other systems read them, with the offset of the State of Mexico. */
final class LocalTimes {
    /** All year since 2022. */
    private static final ZoneOffset LOCAL = ZoneOffset.ofHours(-6);

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    private LocalTimes() {}

    /** As CAP wants it: no fractions, and never Z. */
    static String cap(long time) {
        return Instant.ofEpochMilli(time).atOffset(LOCAL).format(SECONDS);
    }

    static String rfc3339(long time) {
        return Instant.ofEpochMilli(time).atOffset(LOCAL).format(MILLIS);
    }
}
