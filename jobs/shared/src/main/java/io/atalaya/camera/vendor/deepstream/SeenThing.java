package io.atalaya.camera.vendor.deepstream;

import io.atalaya.camera.vendor.FrameDraft.Box;

/**
 * One object of a message, in whichever schema.
 *
 * @param field where its id stood, for a refusal
 * @param box or null: it has none
 */
record SeenThing(String field, String id, String type, double confidence, Box box) {}
