/**
 * Adapters from the messages of cameras and video engines to frames of the contract, one package
 * per maker or standard. A new one needs an adapter in its own package, a constant in {@code
 * FrameFormat}, and its field names in {@code FrameFormatDetector}.
 *
 * <p>All follow one rule: a wrong required value (camera, time, ids, boxes) rejects the whole
 * message; a wrong optional value (frame number, confidences, types) is left out. An object without
 * a box is skipped because it has no position. Faces are skipped because the analysis does not use
 * them.
 */
package io.atalaya.contracts.camera.adapter;
