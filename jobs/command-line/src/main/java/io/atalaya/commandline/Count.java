package io.atalaya.commandline;

/** Formats a number with its noun, in English. */
public final class Count {
    private Count() {}

    /** For example {@code 1 entry}, {@code 20,000 entries}. */
    public static String of(long n, String one, String many) {
        return String.format("%,d %s", n, n == 1 ? one : many);
    }
}
