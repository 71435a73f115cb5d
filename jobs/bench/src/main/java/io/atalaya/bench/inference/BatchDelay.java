package io.atalaya.bench.inference;

import io.atalaya.bench.measure.Delays;

/**
 * How long records take from when they come until their batch has been served.
 *
 * @param batch records that a batch holds at most
 * @param meanBatch records that a batch held
 */
record BatchDelay(String model, int batch, double meanBatch, Delays delays) {}
