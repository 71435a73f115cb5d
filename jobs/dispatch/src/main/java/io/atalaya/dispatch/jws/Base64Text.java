package io.atalaya.dispatch.jws;

import com.nimbusds.jose.util.Base64URL;

import java.util.Base64;

/**
 * Base64url in the one form that its bytes have. The library also reads others, so that a message
 * could be changed without its signature.
 */
record Base64Text(String text) {
    /**
     * @throws IllegalArgumentException if it is in another form
     */
    Base64URL url() {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not the canonical form");
        }
        return new Base64URL(text);
    }
}
