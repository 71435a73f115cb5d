/**
 * Real OCR reads of real plate images as a recording with ground truth: the list contains the true
 * plates among many similar ones.
 */
package io.atalaya.simulator.ocr;
