package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;

/** Receives the rows of a list file, one by one. */
interface RowSink {
    /** A row as the JSON object of topic {@code hotlist}'s contract. */
    void row(long line, byte[] json);

    /** A row that cannot be converted to JSON. */
    void rejected(long line, InvalidRecordException fault);

    /** A remark about the whole file, for the user. */
    void remark(String text);
}
