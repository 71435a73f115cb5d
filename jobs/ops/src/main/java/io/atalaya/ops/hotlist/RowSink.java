package io.atalaya.ops.hotlist;

import io.atalaya.contracts.json.InvalidRecordException;

/** Takes the rows of a list file, one by one. */
interface RowSink {
    /** A row as the JSON object that the contract of topic {@code hotlist} describes. */
    void row(long line, byte[] json);

    /** A row that cannot even be turned into one. */
    void refused(long line, InvalidRecordException fault);

    /** Something about the whole file that a person should see. */
    void remark(String text);
}
