package io.atalaya.lab.feed;

import java.util.Map;

/** What has been fed to a broker. */
public interface Fed {
    /** Records handed over, by topic. */
    Map<String, Long> counts();

    /** Returns once the broker has everything. */
    void flush();
}
