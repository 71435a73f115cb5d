package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

/**
 * One message of topic {@code national-inbound}: what another agency sends. Only what is signed
 * counts, so that a record of another Atalaya's {@code national-exchange} is one as it is.
 *
 * @param jws compact serialization by RFC 7515; its payload is a {@link NationalContent}
 */
public record NationalInbound(String jws) {
    public static final RecordCodec<NationalInbound> CODEC =
            new RecordCodec<>(NationalInbound.class, NationalMessage.MAX_JWS + 8 * 1024);

    public NationalInbound {
        Field.visible("jws", jws, NationalMessage.MAX_JWS);
    }
}
