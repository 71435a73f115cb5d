package io.atalaya.inference;

import java.util.Arrays;

/**
 * Numbers in row-major order: the last dimension is contiguous.
 *
 * @param shape whose product is the number of values
 */
public record Tensor(float[] values, long... shape) {
    public Tensor {
        long size = 1;
        for (long length : shape) {
            size *= length;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill " + Arrays.toString(shape));
        }
    }
}
