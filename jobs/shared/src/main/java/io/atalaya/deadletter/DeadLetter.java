package io.atalaya.deadletter;

import io.atalaya.kafka.RawRecord;

/**
 * A record that cannot be used, whole, and why.
 *
 * @param field path of the offending field
 * @param reason names the field, what it held and what was expected
 */
public record DeadLetter(RawRecord original, String field, String reason) {}
