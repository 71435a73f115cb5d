/**
 * Adapters from the messages of makers' cameras to reads of the contract, one package per maker or
 * standard. A new one needs an adapter in its own package, a constant in {@code PlateFormat}, and
 * its field names in {@code FormatDetector}.
 *
 * <p>All follow one rule: a wrong required value (plate, time, confidence, ids) rejects the
 * message; a wrong optional value is left out, because the read is useful without it.
 */
package io.atalaya.contracts.plate.adapter;
