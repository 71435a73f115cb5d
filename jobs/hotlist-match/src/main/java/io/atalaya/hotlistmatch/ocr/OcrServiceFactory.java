package io.atalaya.hotlistmatch.ocr;

import java.io.Serializable;

/** Where an operator finds the desk that it asks. */
public interface OcrServiceFactory extends Serializable {
    OcrService open();

    /** The desk is not needed any more by whoever opened it. */
    void close() throws Exception;
}
