package io.atalaya.hotlistmatch.ocr;

import java.io.Serializable;

/** Gives an operator its OCR service. */
public interface OcrServiceFactory extends Serializable {
    OcrService open();

    /** Releases the service for the caller that opened it. */
    void close() throws Exception;
}
