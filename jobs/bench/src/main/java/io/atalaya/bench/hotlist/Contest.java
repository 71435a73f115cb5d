package io.atalaya.bench.hotlist;

import io.atalaya.hotlistmatch.HotlistMatchOptions;

import org.apache.flink.configuration.Configuration;

/**
 * Which functions of the job are on. Each contest adds one to those of the contest before it, so
 * the difference is what it costs; three of them have rivals at equal work.
 */
enum Contest {
    /** Parse, gate, match, decide: nothing of the reads is kept but passages. */
    MATCHING("matching alone"),
    /** Every read is kept durably, so that a new entry meets the past. */
    PAST("and a past"),
    CLONES("and clones"),
    CONVOYS("and convoys"),
    /** Tags, and the OCR verification, for which the recording has no images. */
    EVERYTHING("and tags: everything");

    final String title;

    Contest(String title) {
        this.title = title;
    }

    boolean hasTags() {
        return this == EVERYTHING;
    }

    /** Turns the functions of the job on and off. */
    void configure(Configuration job) {
        job.set(HotlistMatchOptions.READ_HISTORY_ENABLED, compareTo(PAST) >= 0);
        job.set(HotlistMatchOptions.CLONES_ENABLED, compareTo(CLONES) >= 0);
        job.set(HotlistMatchOptions.CONVOYS_ENABLED, compareTo(CONVOYS) >= 0);
        job.set(HotlistMatchOptions.TAGS_ENABLED, hasTags());
        if (!hasTags()) {
            job.set(HotlistMatchOptions.OCR_BUDGET, 0);
        }
    }
}
