package io.atalaya.hotlistmatch.passage;

/** What the passage step sends on: a read that counts, or the end of one. */
public sealed interface PlateEvent permits Sighting, Gone {
    /** Identifies the passage: device and the first readId of its chain of revisions. */
    String passageId();

    /** Identifies the read within the whole system. */
    String readKey();

    /** When what caused the event arrived, epoch ms. */
    long at();

    /** ReadIds are unique within a device only. */
    static String key(String deviceId, String readId) {
        return deviceId + "/" + readId;
    }
}
