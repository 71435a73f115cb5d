package io.atalaya.contracts.plate.adapter.openalpr;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

/** The agent's confidences, which run from 0 to 100. */
final class Percent {
    private Percent() {}

    /** The confidence as a fraction, 0..1. */
    static double read(JsonIn in) throws InvalidRecordException {
        return in.number(0, 100) / 100;
    }

    /** Like {@link #read}, but null for a wrong value, where the confidence is optional. */
    static Double unlessWrong(JsonIn in) throws InvalidRecordException {
        return in.unlessWrong(Percent::read);
    }
}
