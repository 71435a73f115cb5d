package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;

/**
 * A convoy that was emitted, with its last finding.
 *
 * @param until device time of its last known shared passage, epoch ms
 */
record EmittedConvoy(ConvoyKey anchor, long until, CrossCheckFinding last) {}
