/**
 * What OCR engines really read on pictures of real plates, as a recording with known answers: the
 * true plates are listed among many others that are made like them.
 */
package io.atalaya.simulator.ocr;
