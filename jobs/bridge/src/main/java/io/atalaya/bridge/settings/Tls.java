package io.atalaya.bridge.settings;

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
            KeyManagerFactory keys = null;
            if (webhook.keyStoreFile() != null) {
                char[] password =
                        Files.readString(webhook.keyStorePasswordFile()).strip().toCharArray();
                keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(
                        KeyStore.getInstance(webhook.keyStoreFile().toFile(), password), password);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys == null ? null : keys.getKeyManagers(),
                    webhook.caFile() == null
                            ? null
                            : trust(trusted(webhook.caFile())).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("certificates or keys: " + e.getMessage(), e);
        }
    }

    /** A store with the PEM certificates of a file. */
    public static KeyStore trusted(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int count = 0;
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + count++, each);
            }
            if (count == 0) {
                throw new IOException(file + ": expected PEM certificates");
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trust(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust;
    }
}
