package io.atalaya.hotlistmatch.convoy;

import io.atalaya.alert.HotlistEvidence.Part;

import java.util.List;

/**
 * How probable it is that a car travels with a listed vehicle.
 *
 * @param parts of its log odds, in the order in which they were weighed
 */
record Company(Chain chain, double posterior, List<Part> parts) {}
