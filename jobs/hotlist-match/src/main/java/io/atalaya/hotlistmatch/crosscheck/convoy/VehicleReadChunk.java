package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.event.VehicleRead;

import java.util.List;

/** Reads of one device and minute that were written to state together. */
record VehicleReadChunk(List<VehicleRead> cars) {}
