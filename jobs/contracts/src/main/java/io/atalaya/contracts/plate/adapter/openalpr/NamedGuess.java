package io.atalaya.contracts.plate.adapter.openalpr;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.Comparator;
import java.util.List;

/**
 * One of the agent's guesses at an attribute.
 *
 * @param confidence 0..1
 */
record NamedGuess(String name, double confidence) {
    private static final int MAX_GUESSES = 64;
    private static final int MAX_NAME = 128;

    /** The agent's likeliest guess; null without a guess. */
    static NamedGuess best(JsonIn in) throws InvalidRecordException {
        List<NamedGuess> guesses = in.list(MAX_GUESSES, i -> i.object(NamedGuess::read));
        return guesses.stream()
                .max(Comparator.comparingDouble(NamedGuess::confidence))
                .orElse(null);
    }

    private static NamedGuess read(JsonIn in) throws InvalidRecordException {
        String name = "";
        double confidence = 0;
        while (in.nextField()) {
            switch (in.field()) {
                case "name" -> name = in.anyString(MAX_NAME);
                case "confidence" -> confidence = Percent.read(in);
                default -> in.skip();
            }
        }
        return new NamedGuess(name, confidence);
    }
}
