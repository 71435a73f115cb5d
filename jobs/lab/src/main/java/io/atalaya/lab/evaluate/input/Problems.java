package io.atalaya.lab.evaluate.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the problems of an input, so that a user can correct all of them at once. */
public final class Problems {
    /** Further problems are only counted, because a wrong column repeats the same one. */
    private static final int SHOWN = 20;

    private final List<String> shown = new ArrayList<>();
    private int more;

    /** Adds a problem. */
    public void add(String problem) {
        if (shown.size() < SHOWN) {
            shown.add(problem);
        } else {
            more++;
        }
    }

    /**
     * The result of a read operation.
     *
     * @param otherwise result if the read fails; the failure is added
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
     * Fails if a problem was added.
     *
     * @throws UnreadableInputException with a line for each
     */
    public void reject() {
        if (!shown.isEmpty()) {
            String rest = more == 0 ? "" : "%n… and %,d more like these".formatted(more);
            throw new UnreadableInputException(String.join("\n", shown) + rest, null);
        }
    }
}
