package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditHeads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Signatures of heads by Ed25519; the keys are PEM files as {@code openssl} writes them. */
public final class HeadKeys {
    private static final String ALGORITHM = "Ed25519";
    private static final byte HEADS = 1;

    private HeadKeys() {}

    /** A new pair of keys. */
    public static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("making a key", e);
        }
    }

    /** Writes a new pair of keys; only the user can read the private one. */
    public static void createPair(Path privateFile, Path publicFile) throws IOException {
        KeyPair pair = pair();
        Files.createFile(
                privateFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        write(pair.getPublic(), publicFile);
        Files.writeString(privateFile, pem(pair.getPrivate(), "PRIVATE KEY"));
    }

    /** Writes the key for those who check. */
    public static void write(PublicKey key, Path file) throws IOException {
        Files.writeString(file, pem(key, "PUBLIC KEY"));
    }

    private static String pem(Key key, String kind) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(key.getEncoded()));
    }

    /** The private key of a PKCS 8 file. Messages never show it. */
    public static PrivateKey privateKey(Path file) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(pem(file, "PRIVATE KEY")));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": expected a private Ed25519 key in PEM");
        }
    }

    /** The public key of an X.509 file. */
    public static PublicKey publicKey(Path file) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(pem(file, "PUBLIC KEY")));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": expected a public Ed25519 key in PEM");
        }
    }

    private static byte[] pem(Path file, String kind) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + file, e);
        }
        return Base64.getMimeDecoder()
                .decode(
                        text.replace("-----BEGIN " + kind + "-----", "")
                                .replace("-----END " + kind + "-----", ""));
    }

    /** The same heads with their signature. */
    public static AuditHeads sign(AuditHeads heads, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            update(signature, heads);
            return new AuditHeads(
                    heads.heads(),
                    heads.name(),
                    Base64.getEncoder().encodeToString(signature.sign()),
                    heads.time());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing", e);
        }
    }

    /** Whether the signature is right. */
    public static boolean isSigned(AuditHeads heads, PublicKey key) {
        if (heads.signature() == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            update(signature, heads);
            return signature.verify(Base64.getDecoder().decode(heads.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void update(Signature signature, AuditHeads heads)
            throws GeneralSecurityException {
        signature.update(HEADS);
        signature.update(
                AuditHeads.CODEC.write(
                        new AuditHeads(heads.heads(), heads.name(), null, heads.time())));
    }
}
