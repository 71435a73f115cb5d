package io.atalaya.contracts.camera.adapter.deepstream;

import io.atalaya.contracts.camera.adapter.FrameDraft.Box;

/**
 * One object of a message, in whichever schema.
 *
 * @param field where its id stood, for a refusal
 * @param box or null: it has none
 */
record SeenThing(String field, String id, String type, double confidence, Box box) {}
