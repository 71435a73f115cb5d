package io.atalaya.hotlistmatch.score;

import io.atalaya.alert.HotlistEvidence.Part;

import java.util.List;

/**
 * How probable it is that the vehicle read is the listed one, and why.
 *
 * @param posterior 0..1
 * @param kind EXACT, CONFUSABLE, FUZZY or PATTERN
 * @param text the read text, top or alternative, that is nearest to the listed plate
 * @param parts in the order in which they were weighed; their sum is the posterior's log-odds
 */
public record Score(double posterior, String kind, String text, List<Part> parts) {}
