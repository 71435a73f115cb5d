package io.atalaya.commandline;

/** Exit codes of the commands that use a broker. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int SOME_REJECTED = 1;

    /** Of what runs until it is stopped. */
    public static final int ERROR = 1;

    public static final int NOTHING_DONE = 2;
    public static final int PARTLY_PUBLISHED = 3;

    private ExitCode() {}
}
