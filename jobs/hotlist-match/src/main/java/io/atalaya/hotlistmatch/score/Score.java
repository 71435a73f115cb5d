package io.atalaya.hotlistmatch.score;

import io.atalaya.alert.HotlistEvidence.Part;

import java.util.List;

/**
 * How probable it is that the vehicle read is the listed one, and why.
 *
 * @param posterior 0..1
 * @param kind EXACT, CONFUSABLE, FUZZY, PATTERN, or TAG where only the tag names the vehicle
 * @param text the read text, top or alternative, that is nearest to the listed plate; with a tag
 *     alone the plate it is registered for, or null
 * @param parts in the order in which they were weighed; their sum is the posterior's log-odds
 */
public record Score(double posterior, String kind, String text, List<Part> parts) {}
