package io.atalaya.bench.inference;

import io.atalaya.bench.measure.Delays;

/**
 * Time from the arrival of records until their batch has been served.
 *
 * @param batch maximum records per batch
 * @param meanBatch mean records per batch
 */
record BatchDelay(String model, int batch, double meanBatch, Delays delays) {}
