package io.atalaya.contracts.camera.adapter.deepstream;

import io.atalaya.contracts.camera.adapter.FrameDraft.Box;

/**
 * One object of a message, in any schema.
 *
 * @param field that held its id, for error messages
 * @param box or null for an object without a box
 */
record MessageObject(String field, String id, String type, double confidence, Box box) {}
