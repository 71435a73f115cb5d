package io.atalaya.contracts.text;

/** What fills a place of a message's pattern. */
public sealed interface Argument permits Text, Argument.Count, Argument.Quantity {

    /** A whole number. */
    record Count(long value) implements Argument {}

    /** A number that the pattern rounds. */
    record Quantity(double value) implements Argument {}
}
