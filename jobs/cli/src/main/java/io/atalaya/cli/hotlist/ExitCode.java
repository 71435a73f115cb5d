package io.atalaya.cli.hotlist;

/** What the list commands tell the shell. */
final class ExitCode {
    static final int OK = 0;
    static final int SOME_REFUSED = 1;
    static final int NOTHING_DONE = 2;
    static final int PARTLY_PUBLISHED = 3;

    private ExitCode() {}
}
