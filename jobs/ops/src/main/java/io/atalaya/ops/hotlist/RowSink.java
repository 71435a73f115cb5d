package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;

/** Receives the rows of a list file, one by one. */
interface RowSink {
    /** A row as the JSON object of topic {@code hotlist}'s contract. */
    void row(long line, byte[] json);

    /**
     * A row with a fault.
     *
     * @param json as far as the row can be converted; null if it cannot
     */
    void rejected(long line, byte[] json, InvalidRecordException fault);

    /** A remark about the whole file, for the user. */
    void remark(String text);
}
