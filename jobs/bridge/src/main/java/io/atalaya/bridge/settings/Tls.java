package io.atalaya.bridge.settings;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Certificates and keys of connections. */
public final class Tls {
    private Tls() {}

    /**
     * A context of connections.
     *
     * @param caFile PEM certificates to trust, or null for those that Java trusts
     * @param keyStoreFile with our own certificate, or null
     * @throws IOException if a file cannot be used
     */
    public static SSLContext context(Path caFile, Path keyStoreFile, Path keyStorePasswordFile)
            throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyStoreFile == null ? null : keys(keyStoreFile, keyStorePasswordFile),
                    caFile == null ? null : trusted(caFile).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static KeyManager[] keys(Path file, Path passwordFile) throws IOException {
        try {
            char[] password = Files.readString(passwordFile).strip().toCharArray();
            KeyManagerFactory factory =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(KeyStore.getInstance(file.toFile(), password), password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(
                    "keyStoreFile: got %s, expected PKCS 12 that keyStorePasswordFile opens (%s)"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static TrustManagerFactory trusted(Path file) throws IOException {
        try {
            return trust(file);
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(
                    "caFile: got %s, expected PEM certificates (%s)"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private static TrustManagerFactory trust(Path file)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + store.size(), each);
            }
        }
        if (store.size() == 0) {
            throw new IOException("it has none");
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }
}
