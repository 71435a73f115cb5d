package io.atalaya.lab.evaluate.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is wrong with an input, told at once: who mends a file wants to mend it once. */
public final class Problems {
    /** Where a whole column is wrong, the first say it. */
    private static final int SHOWN = 20;

    private final List<String> shown = new ArrayList<>();
    private int more;

    /** Notes one. */
    public void add(String problem) {
        if (shown.size() < SHOWN) {
            shown.add(problem);
        } else {
            more++;
        }
    }

    /**
     * What a reading gives.
     *
     * @param otherwise in its place if it cannot be read, which is noted
     */
    public <T> T read(Supplier<T> reading, T otherwise) {
        try {
            return reading.get();
        } catch (UnreadableInputException e) {
            add(e.getMessage());
            return otherwise;
        }
    }

    /**
     * Ends the reading if anything was noted.
     *
     * @throws UnreadableInputException with a line for each
     */
    public void refuse() {
        if (!shown.isEmpty()) {
            String rest = more == 0 ? "" : "%n… and %,d more like these".formatted(more);
            throw new UnreadableInputException(String.join("\n", shown) + rest, null);
        }
    }
}
