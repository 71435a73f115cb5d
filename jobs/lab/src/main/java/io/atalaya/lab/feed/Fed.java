package io.atalaya.lab.feed;

import java.util.Map;

/** Counts of records fed to a broker. */
public interface Fed {
    /** Records published, by topic. */
    Map<String, Long> counts();

    /** Returns once the broker has acknowledged all records. */
    void flush();
}
