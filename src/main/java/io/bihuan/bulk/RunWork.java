package io.bihuan.bulk;

import io.bihuan.identity.SignedIn;
import io.bihuan.platform.LeasedWork;
import io.bihuan.platform.Refused;
import io.bihuan.platform.WhenServing;
import io.bihuan.web.Bundles;
import io.bihuan.web.NotFound;
import io.bihuan.web.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what was confirmed, one complaint after the other. What is done to a complaint and that it is done are written in one
 * transaction, so that whoever goes on after a crash does nothing twice.
 */
@Component
@WhenServing
class RunWork extends LeasedWork<Run> {
    private static final Logger log = LoggerFactory.getLogger(RunWork.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Runs runs;
    private final Deeds deeds;
    private final Bundles bundles;
    private final InstantSource time;

    RunWork(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Runs runs,
            Deeds deeds,
            Bundles bundles,
            InstantSource time) {
        super("bulk.run", "made_at, id", jdbc, time, runs.bell());
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.runs = runs;
        this.deeds = deeds;
        this.bundles = bundles;
        this.time = time;
    }

    /** On every node: messages whose time has come, and what is too old. */
    @Scheduled(initialDelay = 5, fixedDelay = 5, timeUnit = TimeUnit.SECONDS)
    void wake() {
        runs.wake();
    }

    @Scheduled(initialDelay = 17, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        int forgotten;
        do {
            forgotten = runs.forget();
        } while (forgotten > 0);
    }

    @Override
    protected Run run(ResultSet row) throws SQLException {
        return runs.run(row);
    }

    @Override
    protected UUID id(Run run) {
        return run.id();
    }

    @Override
    protected void giveUp(Run run, Exception error) {
        jdbc.sql("update bulk.run set state = 'FAILED', error = ?, ended_at = ? where id = ? and state = 'RUNNING'")
                .param(error.toString().replace("\0", ""))
                .param(time.instant().atOffset(ZoneOffset.UTC))
                .param(run.id())
                .update();
    }

    @Override
    protected void workOn(Run run) {
        boolean isDue = run.sendAt() != null && !time.instant().isBefore(run.sendAt());
        for (Item item : runs.items(run.id())) {
            if (isStopping()) {
                return;
            }
            if (run.undoneBy() != null) {
                undo(run, item);
            } else {
                if (item.state() == Item.State.READY) {
                    perform(run, item);
                }
                if (isDue) {
                    tell(run, item);
                }
            }
        }
        transaction.executeWithoutResult(status -> {
            keep(run);
            runs.end(run.id(), runs.items(run.id()).stream().anyMatch(Item::holds));
        });
    }

    /** Does it to one complaint, if nobody has. */
    void perform(Run run, Item item) {
        change(
                run,
                item,
                before -> {
                    if (before.state() != Item.State.READY) {
                        return before;
                    }
                    List<Part> parts =
                            deeds.perform(run.wish(), run.id(), before.complaint(), deeds.person(run.madeBy()));
                    return with(before, Item.State.DONE, parts, null);
                },
                (before, why) ->
                        before.state() == Item.State.READY ? with(before, Item.State.REFUSED, List.of(), why) : before);
    }

    /** Sends the message that has waited. */
    private void tell(Run run, Item item) {
        change(
                run,
                item,
                before -> {
                    if (before.holds()) {
                        deeds.tell(run.wish(), run.id(), before.complaint(), deeds.person(run.madeBy()));
                    }
                    return with(before, before.state(), messages(before, Part.State.DONE, null), null);
                },
                (before, why) ->
                        with(before, before.state(), messages(before, Part.State.REFUSED, why), before.problem()));
    }

    private static List<Part> messages(Item item, Part.State to, @Nullable Problem why) {
        return item.parts().stream()
                .map(part -> part.state() == Part.State.HELD ? part.to(to, why) : part)
                .toList();
    }

    /** Takes back each part for itself, the last one first: one that has to stay keeps no other. */
    private void undo(Run run, Item item) {
        if (!item.canBeUndone()) {
            return;
        }
        Texts t = bundles.in(Locale.forLanguageTag(run.language()));
        SignedIn who = deeds.person(Objects.requireNonNull(run.undoneBy()));
        for (int i = item.parts().size() - 1; i >= 0; i--) {
            int place = i;
            change(
                    run,
                    item,
                    before -> {
                        Part part = before.parts().get(place);
                        if (!part.canBeUndone()) {
                            return before;
                        }
                        deeds.undo(run.wish(), part, before.complaint(), who, t);
                        return with(before, before.state(), set(before, place, Part.State.UNDONE, null), null);
                    },
                    (before, why) -> with(before, before.state(), set(before, place, Part.State.KEPT, why), null));
        }
        change(
                run,
                item,
                before -> with(
                        before,
                        before.parts().stream().anyMatch(part -> part.state() == Part.State.KEPT)
                                ? Item.State.KEPT
                                : Item.State.UNDONE,
                        before.parts(),
                        null),
                (before, why) -> before);
    }

    private static List<Part> set(Item item, int place, Part.State to, @Nullable Problem why) {
        var parts = new ArrayList<>(item.parts());
        parts.set(place, parts.get(place).to(to, why));
        return parts;
    }

    private static Item with(Item item, Item.State state, List<Part> parts, @Nullable Problem problem) {
        return new Item(item.position(), item.complaint(), item.number(), state, parts, problem);
    }

    private interface Otherwise {
        Item of(Item before, Problem why);
    }

    /** Changes an item together with what is done; when a rule says no, nothing is done and the item says why. */
    private void change(Run run, Item item, UnaryOperator<Item> deed, Otherwise otherwise) {
        Refused why;
        try {
            transaction.executeWithoutResult(status -> {
                keep(run);
                Item before = runs.lock(run.id(), item.position());
                runs.save(run.id(), deed.apply(before));
            });
            return;
        } catch (Refused refused) {
            why = refused;
        } catch (NotFound gone) {
            why = new Refused("bulk.refused.unseen");
        } catch (Lost lost) {
            throw lost;
        } catch (RuntimeException e) {
            if (isAway(e)) {
                throw e;
            }
            log.error("Complaint {} of run {} was left out", item.complaint(), run.id(), e);
            why = new Refused("bulk.refused.unexpected");
        }
        Problem problem = Problem.of(why, bundles);
        transaction.executeWithoutResult(status -> {
            keep(run);
            runs.save(run.id(), otherwise.of(runs.lock(run.id(), item.position()), problem));
        });
    }

    /** Renews the lease, in the transaction of each step. */
    private void keep(Run run) {
        int kept = jdbc.sql("""
                        update bulk.run set lease_until = :until, attempts = 0
                        where id = :id and worker = :worker and state = 'RUNNING'
                        """)
                .param("until", leaseUntil().atOffset(ZoneOffset.UTC))
                .param("id", run.id())
                .param("worker", worker)
                .update();
        if (kept == 0) {
            throw new Lost();
        }
    }
}
