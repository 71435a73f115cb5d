package io.atalaya.contracts.plate;

/** An alternative text that the reader offers for the same plate, with its confidence 0..1. */
public record Candidate(String plate, double confidence) {}
