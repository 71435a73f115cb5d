package io.atalaya.lab.demo;

/** Colours on a terminal; plain text in a file or a pipe. */
enum AnsiColor {
    PLAIN,
    COLOR;

    private static final String RESET = "\u001b[0m";

    /** Colour if the output is a terminal and NO_COLOR is not set (no-color.org). */
    static AnsiColor ofTerminal() {
        return System.console() != null && System.getenv("NO_COLOR") == null ? COLOR : PLAIN;
    }

    /** For an alert that interrupts an operator. */
    String alarm(String text) {
        return paint("\u001b[1;31m", text);
    }

    /** For an alert that waits in a review list. */
    String notice(String text) {
        return paint("\u001b[33m", text);
    }

    String strong(String text) {
        return paint("\u001b[1m", text);
    }

    String faint(String text) {
        return paint("\u001b[2m", text);
    }

    private String paint(String code, String text) {
        return this == COLOR && !text.isEmpty() ? code + text + RESET : text;
    }
}
