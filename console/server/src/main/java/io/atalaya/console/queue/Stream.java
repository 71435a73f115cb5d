package io.atalaya.console.queue;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.account.Sessions;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.health.Health;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.item.Subscription;
import io.atalaya.console.map.Devices;
import io.atalaya.console.map.Duty;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends changes to browsers as server-sent events. A slow browser delays no other and holds no
 * thread: what it does not read waits with the server, which ends a stream of which nothing is read
 * for ten seconds (its {@code connection-timeout}).
 */
public final class Stream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
    private static final long TICK_MS = 3;
    private static final long HEARTBEAT_MS = 2_000;
    private static final long COUNT_EVERY_MS = 1_000;
    private static final int MAX_SENT = 1_000;

    /** Browsers open no more connections to one host by HTTP/1.1. */
    public static final int MAX_OF_SESSION = 6;

    private static final Viewer NO_ONE =
            new Viewer("", "", Set.of(), Set.of(), Set.of("\0none"), null);

    private final Cursors cursors = new Cursors();
    private final Items items;
    private final Accounts accounts;
    private final Health health;
    private final Broker broker;
    private final Views views;
    private final AtomicLong opened = new AtomicLong();
    private final Batches batches;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();

    /** They make texts and wait for nothing else; while all do, the next browser waits its turn. */
    private final ExecutorService senders =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    /** Starts to send; {@link #close} ends it. */
    public Stream(
            Items items,
            Mutes mutes,
            Devices devices,
            Accounts accounts,
            Health health,
            Broker broker,
            Views views) {
        this.items = items;
        this.accounts = accounts;
        this.health = health;
        this.broker = broker;
        this.views = views;
        this.batches = new Batches(items, mutes, devices, views);
        ticker.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private final class Client implements Items.Watcher, AsyncListener, WriteListener {
        private final Sessions.Signed session;
        private final Subscription subscription = new Subscription(0);
        private final AsyncContext context;

        /** Whether a thread is at it, or what was written has not left; in the beginning, too. */
        private final AtomicBoolean isBusy = new AtomicBoolean(true);

        private String hello;
        private volatile long heartbeatAt;
        private volatile boolean knowsSilent;
        private long countedAt;

        /** As whom the browser has received what it has. */
        private volatile Viewer viewer;

        /** When what was sent last had been received. */
        private final Map<String, Long> sent = Items.bounded(MAX_SENT);

        private final long openedAt = System.currentTimeMillis();
        private final long number = opened.incrementAndGet();

        /** The server has taken request and response back, and uses them for other browsers. */
        private boolean isGone;

        private boolean isEnding;

        Client(Sessions.Signed session, AsyncContext context) {
            this.session = session;
            this.context = context;
            this.viewer = viewer();
        }

        @Override
        public Viewer viewer() {
            Accounts.Account account = accounts.active(session.name());
            return account == null ? NO_ONE : account.viewer();
        }

        @Override
        public Subscription subscription() {
            return subscription;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            forget(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            onError(event);
        }

        /** Without this the server would answer the browser that is gone with a page. */
        @Override
        public void onError(AsyncEvent event) {
            forget(this);
            try {
                event.getAsyncContext().complete();
            } catch (IllegalStateException e) {
                LOG.debug("already closed", e);
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}

        /** The server calls it first once the thread of the request has left the response. */
        @Override
        public synchronized void onWritePossible() throws IOException {
            String first = hello;
            hello = null;
            if (isGone || !(first == null ? hasLeft() : write(first))) {
                return;
            }
            if (isEnding) {
                complete();
            } else {
                isBusy.set(false);
            }
        }

        @Override
        public void onError(Throwable e) {
            LOG.debug("a browser has gone, or reads nothing", e);
            forget(this);
        }

        /** Whether it comes from its topic, and not again because of a mute or an answer. */
        boolean isFresh(Item item) {
            Long before = sent.put(item.id(), item.receivedAt());
            return item.receivedAt() > (before == null ? openedAt : before);
        }

        /** Says that it is gone; afterwards it writes no more, also not what has begun. */
        synchronized void leave() {
            isGone = true;
        }

        /** Ends it once all has left: the server does not finish well what is half written. */
        synchronized void complete() {
            isEnding = true;
            try {
                if (!isGone && hasLeft()) {
                    isGone = true;
                    context.complete();
                }
            } catch (IllegalStateException | IOException e) {
                LOG.debug("already closed", e);
            }
        }

        /** Returns whether all has left; only then it may write again. */
        synchronized boolean write(String text) throws IOException {
            if (isGone) {
                return false;
            }
            try {
                context.getResponse()
                        .getOutputStream()
                        .write(text.getBytes(StandardCharsets.UTF_8));
                return hasLeft();
            } catch (IllegalStateException e) {
                throw new IOException("the server has ended the request", e);
            }
        }

        /** If not, the server calls {@link #onWritePossible} when it has. */
        private boolean hasLeft() throws IOException {
            ServletOutputStream out = context.getResponse().getOutputStream();
            if (out.isReady()) {
                out.flush();
            }
            return out.isReady();
        }
    }

    /** Who answers the queue at a position now. */
    public List<Duty.Person> people() {
        List<Duty.Person> people = new ArrayList<>();
        for (Client client : clients) {
            Viewer viewer = client.viewer();
            String site = client.session.site();
            String position = client.session.position();
            if (viewer.is(Role.DISPATCHER, Role.SUPERVISOR)
                    && site != null
                    && position != null
                    && !client.session.isOver(System.currentTimeMillis())) {
                people.add(
                        new Duty.Person(site, position, viewer.name(), viewer.is(Role.SUPERVISOR)));
            }
        }
        return people;
    }

    /** From where a browser goes on that has what was before this number. */
    String cursor(Viewer viewer, long number) {
        return cursors.of(viewer, number);
    }

    /** Opens a stream; {@code lastId} is what the browser has, or null. */
    void open(
            Sessions.Signed session,
            String lastId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        Client client = new Client(session, context);
        context.addListener(client);
        context.getResponse().getOutputStream().setWriteListener(client);
        synchronized (session) {
            closeOldest(session);
            clients.add(client);
        }
        Long since = lastId == null ? null : cursors.number(client.viewer, lastId);
        boolean isResumed = items.watch(client, since) && since != null;
        if (lastId != null && since == null) {
            client.subscription.resync(Subscription.Resync.RESTART);
        }
        client.hello =
                "retry: 1000\n"
                        + event(
                                "hello",
                                null,
                                Json.text(
                                        Map.of(
                                                "serverTime",
                                                System.currentTimeMillis(),
                                                "resumed",
                                                isResumed)));
    }

    /**
     * Makes room for one more stream. The oldest of a session ends, because it is the most likely
     * one whose browser has gone without notice, and one session must not take up the memory of
     * all.
     */
    private void closeOldest(Sessions.Signed session) {
        List<Client> own =
                clients.stream()
                        .filter(each -> each.session == session)
                        .sorted(Comparator.comparingLong(each -> each.number))
                        .toList();
        own.subList(0, Math.max(0, own.size() - MAX_OF_SESSION + 1)).forEach(this::close);
    }

    static String event(String name, String id, String data) {
        return "event: " + name + (id == null ? "" : "\nid: " + id) + "\ndata: " + data + "\n\n";
    }

    private void tick() {
        try {
            long now = System.currentTimeMillis();
            for (Client client : clients) {
                boolean isDue =
                        isHeartbeatDue(client, now)
                                || client.subscription.isDue(now)
                                || isOver(client, now);
                if (isDue && client.isBusy.compareAndSet(false, true)) {
                    senders.execute(() -> send(client));
                }
            }
        } catch (RuntimeException e) {
            LOG.error("A tick of the stream failed", e);
        }
    }

    /** Every two seconds, and when the broker falls silent or answers again. */
    private boolean isHeartbeatDue(Client client, long now) {
        return now - client.heartbeatAt >= HEARTBEAT_MS || broker.isSilent() != client.knowsSilent;
    }

    private void send(Client client) {
        try {
            String text = due(client, System.currentTimeMillis());
            boolean hasLeft = text == null || client.write(text);
            if (isOver(client, System.currentTimeMillis())) {
                close(client);
            } else if (hasLeft) {
                client.isBusy.set(false);
            }
        } catch (IOException e) {
            // The server completes it, and may already have given it to another browser.
            LOG.debug("a browser has gone", e);
            forget(client);
        } catch (RuntimeException e) {
            LOG.error("A browser has not received its changes", e);
            close(client);
        }
    }

    private static boolean isOver(Client client, long now) {
        return client.viewer() == NO_ONE || client.session.isOver(now);
    }

    private void forget(Client client) {
        items.unwatch(client);
        clients.remove(client);
        client.leave();
    }

    private void close(Client client) {
        items.unwatch(client);
        clients.remove(client);
        client.complete();
    }

    private String due(Client client, long now) {
        Viewer viewer = client.viewer();
        if (isOver(client, now)) {
            return event(
                    "signed-out",
                    null,
                    "{\"reason\":\"" + (viewer == NO_ONE ? "disabled" : "expired") + "\"}");
        }
        StringBuilder text = new StringBuilder();
        if (!viewer.seesAs(client.viewer)) {
            client.viewer = viewer;
            client.subscription.resync(Subscription.Resync.CHANGED);
        }
        Subscription.Batch batch = client.subscription.due(now);
        boolean isLocked = client.session.isLocked(now);
        if (batch != null && isLocked) {
            // Who comes back must not have missed what happened meanwhile.
            client.subscription.resync(Subscription.Resync.CHANGED);
        } else if (batch != null && batch.resync() != null) {
            health.resynced();
            text.append(
                    event(
                            "resync",
                            cursor(viewer, batch.seq()),
                            "{\"reason\":\""
                                    + batch.resync()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-')
                                    + "\"}"));
        } else if (batch != null) {
            text.append(batch(client, viewer, batch, now));
        }
        if (isHeartbeatDue(client, now)) {
            client.heartbeatAt = now;
            client.knowsSilent = broker.isSilent();
            text.append(
                    event(
                            "heartbeat",
                            null,
                            "{\"serverTime\":" + now + ",\"brokerAgeMs\":" + broker.ageMs() + "}"));
        }
        if (isLocked
                && viewer.isOneOf(Routes.READING)
                && now - client.countedAt >= COUNT_EVERY_MS) {
            client.countedAt = now;
            Views.Counts counts = views.counts(viewer);
            text.append(
                    event(
                            "waiting",
                            null,
                            "{\"queue\":"
                                    + counts.queue()
                                    + ",\"highest\":"
                                    + counts.highest()
                                    + "}"));
        }
        return text.isEmpty() ? null : text.toString();
    }

    private String batch(Client client, Viewer viewer, Subscription.Batch batch, long now) {
        boolean isCounted = now - client.countedAt >= COUNT_EVERY_MS;
        if (isCounted) {
            client.countedAt = now;
        }
        return batches.text(
                viewer,
                batch,
                cursor(viewer, batch.seq()),
                now,
                isCounted,
                item -> {
                    if (client.isFresh(item)) {
                        health.sent(now - item.receivedAt());
                    }
                });
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        List.copyOf(clients).forEach(this::close);
        senders.shutdownNow();
    }
}
