package io.atalaya.contracts.plate.adapter.openalpr;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

/** The agent's confidences, which run from 0 to 100. */
final class Percent {
    private Percent() {}

    /** As a fraction, 0..1. */
    static double read(JsonIn in) throws InvalidRecordException {
        return in.number(0, 100) / 100;
    }

    /** The same; null if it is none: for what a read may have and need not. */
    static Double unlessWrong(JsonIn in) throws InvalidRecordException {
        return in.unlessWrong(Percent::read);
    }
}
