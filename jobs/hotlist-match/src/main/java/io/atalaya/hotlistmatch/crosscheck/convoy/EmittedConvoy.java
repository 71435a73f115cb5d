package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;

/**
 * A convoy that was told of, and what was told last.
 *
 * @param until time of the last arch that it was known at, epoch ms
 */
record EmittedConvoy(ConvoyKey anchor, long until, CrossCheckFinding last) {}
