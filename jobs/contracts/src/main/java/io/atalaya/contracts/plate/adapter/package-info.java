/**
 * The messages that makers' cameras send, as reads of the contract: a package a maker or standard.
 * To add one: an adapter in a package of its own, a constant in {@code PlateFormat}, and the names
 * of its fields in {@code FormatDetector}.
 *
 * <p>One rule for all: what a read must have (plate, time, confidence, ids) is refused where it is
 * wrong; what it may have is left out where it cannot be right. A read is worth more than its
 * extras.
 */
package io.atalaya.contracts.plate.adapter;
