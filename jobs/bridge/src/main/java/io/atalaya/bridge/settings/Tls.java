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
     * The context of a webhook's connections.
     *
     * @throws IOException if a file cannot be used
     */
    public static SSLContext context(BridgeSettings.Webhook webhook) throws IOException {
        try {
            KeyManager[] keys = null;
            if (webhook.keyStoreFile() != null) {
                char[] password =
                        Files.readString(webhook.keyStorePasswordFile()).strip().toCharArray();
                KeyManagerFactory factory =
                        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(
                        KeyStore.getInstance(webhook.keyStoreFile().toFile(), password), password);
                keys = factory.getKeyManagers();
            }
            return context(keys, webhook.caFile());
        } catch (GeneralSecurityException e) {
            throw new IOException("keyStoreFile: " + e.getMessage(), e);
        }
    }

    /** A context that trusts the PEM certificates of a file. */
    public static SSLContext trusting(Path caFile) throws IOException {
        try {
            return context(null, caFile);
        } catch (GeneralSecurityException e) {
            throw new IOException("caFile: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(KeyManager[] keys, Path caFile)
            throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, caFile == null ? null : trusted(caFile).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trusted(Path file)
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
            throw new IOException(file + ": expected PEM certificates");
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }
}
