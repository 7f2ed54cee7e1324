package io.bihuan.platform.database;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.commons.logging.Log;

/** An embedded server that starts beside the application: who needs it waits for it, and learns why it did not start. */
final class ServerStart implements AutoCloseable {
    private final FutureTask<EmbeddedServer> start;

    ServerStart(Path folder, Log log) {
        start = new FutureTask<>(() -> {
            EmbeddedServer server = EmbeddedServer.start(folder, log);
            log.info("PostgreSQL runs in " + folder.toAbsolutePath().normalize() + " as process " + server.pid() + ", "
                    + server.access());
            return server;
        });
        Thread.ofPlatform().name("database-start").start(start);
    }

    /**
     * Waits until the server serves.
     *
     * @throws CannotStart if it does not
     */
    EmbeddedServer server() {
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotStart reason) {
                throw reason;
            }
            throw new IllegalStateException("The database did not start.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("The start of the database was interrupted.", "Start again.", e);
        }
    }

    /** Also a start that has not come to its end is waited for: it would leave a server behind. */
    @Override
    public void close() {
        EmbeddedServer server;
        try {
            server = start.get();
        } catch (ExecutionException e) {
            return; // told to who asked for the server
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        server.close();
    }
}
