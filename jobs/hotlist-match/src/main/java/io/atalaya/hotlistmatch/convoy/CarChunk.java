package io.atalaya.hotlistmatch.convoy;

import java.util.List;

/** Cars of one device and minute that were written to state together. */
record CarChunk(List<Car> cars) {}
