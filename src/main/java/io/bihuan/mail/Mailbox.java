package io.bihuan.mail;

import io.bihuan.intake.SourceStates;
import io.bihuan.platform.Lease;
import io.bihuan.platform.Refused;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One mailbox, read by one node at a time over one connection. How far it is read (UID and UIDVALIDITY of each folder) moves on only
 * when the inbox has kept a mail; the mailbox itself is never changed. Small mails are fetched several at a time, since a server far
 * away takes as long for one as for twenty.
 */
final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    private static final Duration LEASE = Duration.ofMinutes(3);
    /** So much of the lease may be over when another mail is begun. */
    private static final Duration RENEWAL = Duration.ofSeconds(20);
    /** Shorter than the lease and than the patience with the server. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int AT_ONCE = 50;
    /** So many mails in one answer of the server, none of them beyond so many bytes: what is held in memory of one mailbox. */
    private static final int TOGETHER = 20;

    private static final int SMALL = 64 * 1024;
    private static final int MOST_TRIES = 3;
    private static final int LARGEST_HEADER = 128 * 1024;

    private record Position(long validity, long lastUid) {}

    private final MailProperties.Box box;
    private final MailSettings settings;
    private final MailDelivery delivery;
    private final AccessTokens tokens;
    private final SourceStates sources;
    private final Lease lease;
    private final JdbcClient jdbc;
    private final InstantSource time;
    /** How often a mail was tried alone, until it is kept; 0 when it was only fetched with others. */
    private final Map<Long, Integer> tries = new HashMap<>();

    private Instant renewal = Instant.MIN;
    private volatile boolean isStopping;

    Mailbox(
            MailProperties.Box box,
            MailSettings settings,
            MailDelivery delivery,
            AccessTokens tokens,
            SourceStates sources,
            Lease lease,
            JdbcClient jdbc,
            InstantSource time) {
        this.box = box;
        this.settings = settings;
        this.delivery = delivery;
        this.tokens = tokens;
        this.sources = sources;
        this.lease = lease;
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Reads until {@link #stop}; what goes wrong is said on the page of channels and tried again. */
    void keepReading() {
        Duration pause = Duration.ofSeconds(1);
        while (!isStopping) {
            try {
                if (lease.hold(box.source(), LEASE)) {
                    readAndWait();
                }
                pause = Duration.ofSeconds(1);
                pause(Duration.ofSeconds(1));
            } catch (MessagingException | IOException | RuntimeException e) {
                failed(e);
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
        try {
            lease.release(box.source());
        } catch (RuntimeException e) {
            log.debug("The lease of {} ends by itself", box.source(), e);
        }
    }

    void stop() {
        isStopping = true;
    }

    private void failed(Exception e) {
        if (isStopping) {
            return;
        }
        if (e instanceof AuthenticationFailedException && box.oauth() != null) {
            tokens.forget(box.oauth());
        }
        String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
        log.warn("Mailbox {} cannot be read and is tried again: {}", box.source(), reason);
        try {
            sources.failing(box.source(), reason);
        } catch (RuntimeException away) {
            log.debug("Nor can it be said", away);
        }
    }

    private void pause(Duration duration) {
        long begin = System.nanoTime();
        while (!isStopping && System.nanoTime() - begin < duration.toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private void readAndWait() throws MessagingException, IOException {
        try (Store store = connect()) {
            while (!isStopping && lease.hold(box.source(), LEASE)) {
                read(store);
                sources.working(box.source());
                if (store instanceof IMAPStore imap && imap.hasCapability("IDLE")) {
                    waitFor(store);
                } else {
                    pause(settings.get().poll());
                }
            }
        }
    }

    /** Reads what is new, once. */
    void readOnce() throws MessagingException, IOException {
        try (Store store = connect()) {
            read(store);
        }
        sources.working(box.source());
    }

    private Store connect() throws MessagingException, IOException {
        var properties = MailServer.properties(
                "imap", box.protection(), PATIENCE, box.oauth() != null, box.trustsAnyCertificate());
        properties.setProperty("mail.imap.peek", "true");
        properties.setProperty("mail.imap.fetchsize", String.valueOf(256 * 1024));
        // Headers that Angus would parse beforehand are of no use here, and some of them break it.
        properties.setProperty("mail.mime.address.strict", "false");
        Store store = Session.getInstance(properties).getStore("imap");
        store.connect(box.host(), box.port(), box.login(), MailServer.secret(tokens, box.password(), box.oauth()));
        return store;
    }

    private void read(Store store) throws MessagingException, IOException {
        for (String name : box.folders()) {
            var folder = (IMAPFolder) store.getFolder(name);
            folder.open(Folder.READ_ONLY);
            try {
                read(folder);
            } finally {
                if (folder.isOpen()) {
                    folder.close(false);
                }
            }
        }
    }

    private void read(IMAPFolder folder) throws MessagingException, IOException {
        long validity = folder.getUIDValidity();
        Position position = position(folder.getFullName());
        // Other UIDs than before: everything is looked at again, and the inbox knows what it has.
        long last = position.validity() == validity ? position.lastUid() : 0;
        Message[] messages = folder.getMessagesByUID(last + 1, UIDFolder.LASTUID);
        var profile = new FetchProfile();
        profile.add(UIDFolder.FetchProfileItem.UID);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(IMAPFolder.FetchProfileItem.INTERNALDATE);
        for (int from = 0; from < messages.length && !isStopping; from += AT_ONCE) {
            Message[] some = Arrays.copyOfRange(messages, from, Math.min(messages.length, from + AT_ONCE));
            folder.fetch(some, profile);
            // A range that ends with the last one always has one message, also one that is known.
            var unread = new ArrayList<IMAPMessage>();
            for (Message message : some) {
                if (folder.getUID(message) > last) {
                    unread.add((IMAPMessage) message);
                }
            }
            if (!read(folder, validity, unread)) {
                return;
            }
        }
    }

    /** In the order of their UIDs; false when another should go on. */
    private boolean read(IMAPFolder folder, long validity, List<IMAPMessage> unread)
            throws MessagingException, IOException {
        Map<Long, byte[]> fetched = Map.of();
        // What is kept and not yet written down is fetched again after a failure, and the inbox knows it.
        long unsaved = 0;
        for (int i = 0; i < unread.size(); i++) {
            boolean isOurs = !isStopping && isStillHeld();
            long uid = folder.getUID(unread.get(i));
            if (unsaved > 0 && (!isOurs || !fetched.containsKey(uid))) {
                save(folder.getFullName(), validity, unsaved);
                unsaved = 0;
            }
            if (!isOurs) {
                return false;
            }
            if (!fetched.containsKey(uid) && !tries.containsKey(uid)) {
                fetched = together(folder, unread.subList(i, unread.size()));
            }
            take(unread.get(i), uid, fetched.get(uid));
            unsaved = uid;
        }
        if (unsaved > 0) {
            save(folder.getFullName(), validity, unsaved);
        }
        return true;
    }

    /** The lease is renewed now and then, not for each mail. */
    private boolean isStillHeld() {
        Instant now = time.instant();
        if (now.isBefore(renewal)) {
            return true;
        }
        if (!lease.hold(box.source(), LEASE)) {
            return false;
        }
        renewal = now.plus(RENEWAL);
        return true;
    }

    /**
     * The next mails by their UID, as long as they are small and were never tried in vain; nothing when these are fewer than two. What is
     * missing in the answer or may have been cut off is fetched alone.
     */
    private Map<Long, byte[]> together(IMAPFolder folder, List<IMAPMessage> next) throws MessagingException {
        var uids = new ArrayList<Long>();
        for (IMAPMessage message : next) {
            long uid = folder.getUID(message);
            if (!isSmall(message) || tries.containsKey(uid) || uids.size() == TOGETHER) {
                break;
            }
            uids.add(uid);
        }
        if (uids.size() < 2) {
            return Map.of();
        }
        // If this ends in the middle nobody knows at which: next time each is fetched alone.
        uids.forEach(uid -> tries.put(uid, 0));
        String set = uids.stream().map(String::valueOf).collect(Collectors.joining(","));
        var fetched = new HashMap<Long, byte[]>();
        folder.doCommand(protocol -> {
            // What a server says of a size may be wrong: it cannot send more than this of any.
            Response[] answer = protocol.command("UID FETCH " + set + " (UID BODY.PEEK[]<0." + SMALL + ">)", null);
            protocol.notifyResponseHandlers(answer);
            for (Response line : answer) {
                if (line instanceof FetchResponse mail) {
                    UID uid = mail.getItem(UID.class);
                    BODY body = mail.getItem(BODY.class);
                    ByteArray bytes = body == null ? null : body.getByteArray();
                    if (uid != null && bytes != null && bytes.getCount() < SMALL) {
                        fetched.put(uid.uid, bytes.getNewBytes());
                    }
                }
            }
            try {
                protocol.handleResult(answer[answer.length - 1]);
            } catch (CommandFailedException | BadCommandException e) {
                log.debug("{} gives its mails one by one only", box.source(), e);
            }
            return null;
        });
        return fetched;
    }

    private boolean isSmall(IMAPMessage message) throws MessagingException {
        try {
            int size = message.getSize();
            return size >= 0 && size < SMALL && size <= settings.get().largest().toBytes();
        } catch (MessageRemovedException e) {
            return false;
        }
    }

    /** What cannot be fetched after several tries is kept as a mail that cannot be read: it must not stand in the way of the next ones. */
    private void take(IMAPMessage message, long uid, byte @Nullable [] fetched) throws MessagingException, IOException {
        int tried = fetched == null ? tries.merge(uid, 1, Integer::sum) : 0;
        Instant at = receivedAt(message);
        try {
            if (tried > MOST_TRIES) {
                keepStub(uid, at);
            } else if (fetched != null) {
                delivery.keep(new ByteArrayInputStream(fetched), box.businessLine(), at);
            } else if (message.getSize() > settings.get().largest().toBytes()) {
                delivery.keepHeader(header(message), box.businessLine(), at);
            } else {
                message.setPeek(true);
                try (InputStream raw = message.getMimeStream()) {
                    delivery.keep(raw, box.businessLine(), at);
                }
            }
            tries.remove(uid);
        } catch (MessageRemovedException e) {
            tries.remove(uid);
            log.info("Mail {} of {} was deleted before it was read", uid, box.source());
        } catch (Refused e) {
            log.warn("Mail {} of {} cannot be kept whole: {}", uid, box.source(), e.toString());
            keepStub(uid, at);
            tries.remove(uid);
        }
    }

    private Instant receivedAt(IMAPMessage message) throws MessagingException {
        try {
            Date date = message.getReceivedDate();
            return date == null ? time.instant() : date.toInstant();
        } catch (MessageRemovedException e) {
            // It may have been fetched before it was removed, and then it is kept.
            return time.instant();
        }
    }

    private void keepStub(long uid, Instant at) {
        String header = "Subject: UID " + uid + "\r\nX-Mailbox: " + box.address() + "\r\n\r\n";
        delivery.keepHeader(header.getBytes(StandardCharsets.UTF_8), box.businessLine(), at);
    }

    private static byte[] header(IMAPMessage message) throws MessagingException {
        var header = new ByteArrayOutputStream();
        var lines = message.getAllHeaderLines();
        while (lines.hasMoreElements() && header.size() < LARGEST_HEADER) {
            String line = lines.nextElement();
            // The library has read UTF-8 as such, and everything else byte by byte.
            boolean isWide = line.chars().anyMatch(c -> c > 0xFF);
            header.writeBytes(line.getBytes(isWide ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
            header.writeBytes(new byte[] {'\r', '\n'});
        }
        header.writeBytes(new byte[] {'\r', '\n'});
        return header.toByteArray();
    }

    private void waitFor(Store store) throws MessagingException {
        var folder = (IMAPFolder) store.getFolder(box.folders().getFirst());
        folder.open(Folder.READ_ONLY);
        try {
            // What came between the reading and now would not be announced any more.
            if (folder.getUIDNext() > position(folder.getFullName()).lastUid() + 1 && isNew(folder)) {
                return;
            }
            var isOver = new AtomicBoolean();
            Thread.ofVirtual().start(() -> wake(folder, isOver));
            try {
                folder.idle(true);
            } finally {
                isOver.set(true);
            }
        } finally {
            if (folder.isOpen()) {
                folder.close(false);
            }
        }
    }

    private boolean isNew(IMAPFolder folder) throws MessagingException {
        Message[] last = folder.getMessagesByUID(position(folder.getFullName()).lastUid() + 1, UIDFolder.LASTUID);
        return last.length > 0
                && folder.getUID(last[last.length - 1])
                        > position(folder.getFullName()).lastUid();
    }

    /** Another command ends the waiting; none is sent within a second of the last word, so it is tried until the waiting is over. */
    private void wake(IMAPFolder folder, AtomicBoolean isOver) {
        long begin = System.nanoTime();
        while (!isOver.get()) {
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            if (!isStopping && System.nanoTime() - begin < LONGEST_WAIT.toNanos()) {
                continue;
            }
            try {
                if (folder.isOpen()) {
                    folder.getMessageCount();
                }
            } catch (MessagingException | RuntimeException e) {
                log.debug("The connection of {} is gone", box.source(), e);
                return;
            }
        }
    }

    private Position position(String folder) {
        return jdbc.sql("select uid_validity, last_uid from mail.folder where box = :box and folder = :folder")
                .param("box", box.address())
                .param("folder", folder)
                .query((row, number) -> new Position(row.getLong(1), row.getLong(2)))
                .optional()
                .orElse(new Position(-1, 0));
    }

    private void save(String folder, long validity, long uid) {
        jdbc.sql("""
            insert into mail.folder (box, folder, uid_validity, last_uid, read_at) values (:box, :folder, :validity, :uid, :now)
            on conflict (box, folder) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid,
                read_at = excluded.read_at
            """)
                .param("box", box.address())
                .param("folder", folder)
                .param("validity", validity)
                .param("uid", uid)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
