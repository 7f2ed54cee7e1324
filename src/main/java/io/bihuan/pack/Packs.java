package io.bihuan.pack;

import io.bihuan.platform.Actor;
import io.bihuan.platform.Refused;
import io.bihuan.web.Phrase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The industry packs, every version that was ever stored, and the business lines that run them. A version is stored whole, gets the
 * next number and never changes; a complaint keeps the one it came in under. Which version holds is said by activations, also in
 * advance; going back is one more of them. Reading asks what this node knows ({@link PackWatch}), never the database, but for a
 * version that nobody asked for yet.
 */
public final class Packs {
    private static final Logger log = LoggerFactory.getLogger(Packs.class);
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_CODE = 64;
    /** So many versions are kept read; beyond that those that are not in force are read again when they are asked for. */
    private static final int MOST_READ = 100;

    private static final int FIRST_VERSION = 1;

    private record Key(String id, int version) {}

    /** What the packs of an application come from. */
    record Setup(
            StoredPacks stored,
            PlatformTransactionManager transactions,
            InstantSource time,
            ZoneId zone,
            List<PackPart<?>> parts,
            Supplier<Stream<PackPreparation>> preparations,
            Supplier<List<PackFolder>> shipped,
            Map<String, String> lines) {}

    private final @Nullable Setup setup;
    private final Map<Key, Pack> read = new ConcurrentHashMap<>();
    /** The hashes of shipped packs that are invalid: it is said once. */
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    private volatile @Nullable InForce known;

    /** Nothing is read before somebody asks. */
    Packs(Setup setup) {
        this.setup = setup;
    }

    private Packs(Map<String, Pack> packs, Map<String, BusinessLine> lines) {
        this.setup = null;
        var activations = new LinkedHashMap<String, List<Activation>>();
        packs.forEach((id, pack) -> {
            read.put(new Key(id, pack.version()), pack);
            activations.put(
                    id, List.of(new Activation(id, 1, pack.version(), Instant.EPOCH, Instant.EPOCH, SYSTEM, "loaded")));
        });
        this.known = new InForce(0, activations, lines);
    }

    /**
     * Reads and checks all folders into memory, without a database: all of them are in force as version 1. {@link PackInvalid} with
     * everything that is wrong in any of them.
     *
     * @param businessLines a business line's id and the id of the pack it runs
     */
    public static Packs load(List<PackFolder> folders, List<PackPart<?>> parts, Map<String, String> businessLines) {
        var problems = new LinkedHashSet<PackProblem>();
        var packs = new LinkedHashMap<String, Pack>();
        var parser = new PackParser();
        var known = new ArrayList<String>();
        var skeletons = new ArrayList<String>();
        for (var folder : folders) {
            var pack = new PackReader(folder, FIRST_VERSION, parts, parser).read(problems);
            if (pack.isPresent() && pack.get().isAbstract()) {
                skeletons.add(folder.name());
            } else {
                known.add(folder.name());
                pack.ifPresent(sound -> packs.put(sound.id(), sound));
            }
        }
        checkLines(businessLines, known, skeletons, problems);
        if (!problems.isEmpty()) {
            throw new PackInvalid(List.copyOf(problems));
        }
        var lines = new LinkedHashMap<String, BusinessLine>();
        businessLines.forEach((line, pack) -> lines.put(
                line,
                new BusinessLine(
                        line,
                        Objects.requireNonNull(packs.get(pack)).name(),
                        pack,
                        lines.size() + 1,
                        Instant.EPOCH,
                        SYSTEM,
                        null,
                        null)));
        return new Packs(packs, lines);
    }

    /**
     * Reads and checks one folder, an abstract one too; {@link PackInvalid} with everything that is wrong in it.
     *
     * @param version the number that the installation gives this content
     */
    public static Pack read(PackFolder folder, int version, List<PackPart<?>> parts) {
        var problems = new ArrayList<PackProblem>();
        return new PackReader(folder, version, parts, new PackParser())
                .read(problems)
                .orElseThrow(() -> new PackInvalid(problems));
    }

    /** The parts that every pack has because the pack module itself understands them. */
    public static List<PackPart<?>> ownParts() {
        return List.of(
                PackPart.of("departments", Departments.class, Departments::read),
                PackPart.of("categories", Categories.class, Categories::read),
                PackPart.of("form", FormFields.class, FormFields::read),
                PackPart.of("remedies", Remedies.class, Remedies::read),
                PackPart.of("texts", Texts.class, Texts::read));
    }

    // ---- what is in force ----

    /** The version in force. */
    public Pack get(String id) {
        return get(id, inForce(id).version());
    }

    /** The version that a complaint is pinned to. */
    public Pack get(String id, int version) {
        var key = new Key(id, version);
        Pack found = read.get(key);
        if (found != null) {
            return found;
        }
        if (isWriting()) {
            return readStored(key); // it may be taken back
        }
        if (read.size() >= MOST_READ) {
            InForce now = known();
            read.keySet()
                    .removeIf(each -> now.activations().getOrDefault(each.id(), List.of()).stream()
                            .noneMatch(activation -> activation.version() == each.version()));
        }
        return read.computeIfAbsent(key, this::readStored);
    }

    /** The pack that a business line runs, a closed one too. */
    public Pack of(String businessLine) {
        return get(line(businessLine).pack());
    }

    /** The codes of the business lines that take complaints, in their order. */
    public Set<String> businessLines() {
        var codes = new LinkedHashSet<String>();
        for (BusinessLine each : known().lines().values()) {
            if (each.isActive()) {
                codes.add(each.code());
            }
        }
        return Collections.unmodifiableSet(codes);
    }

    /** All business lines in their order, closed ones too. */
    public List<BusinessLine> lines() {
        return List.copyOf(known().lines().values());
    }

    /** A business line, a closed one too. */
    public BusinessLine line(String code) {
        BusinessLine found = known().lines().get(code);
        if (found == null) {
            throw new Refused("pack.refused.unknownBusinessLine", code);
        }
        return found;
    }

    /** The versions in force of the packs that active business lines run, in the order of the lines. */
    public Collection<Pack> all() {
        if (setup == null) {
            return known().activations().keySet().stream().map(this::get).toList();
        }
        return known().lines().values().stream()
                .filter(BusinessLine::isActive)
                .map(BusinessLine::pack)
                .distinct()
                .map(this::get)
                .toList();
    }

    /** Which version of a pack is in force and since when; empty when none ever was. */
    public Optional<Activation> present(String id) {
        return known().of(id, now());
    }

    /** What will come into force if nobody says otherwise, the earliest first. */
    public List<Activation> planned(String id) {
        return known().planned(id, now());
    }

    // ---- what is stored ----

    /** The stored versions of a pack, the newest first, at most a hundred. */
    public List<StoredVersion> versions(String id) {
        return setup().stored().versions(id, now());
    }

    /** A stored version. */
    public StoredVersion version(String id, int version) {
        return setup().stored()
                .version(id, version, now())
                .orElseThrow(() -> new Refused("pack.refused.unknownVersion", id, version));
    }

    /** The newest stored version of each pack, abstract ones too, in the order of their ids. */
    public List<StoredVersion> newest() {
        return setup().stored().newest(now());
    }

    /** What a release brought and nobody has taken yet: of each pack the newest, when it is newer than what is in force. */
    public List<StoredVersion> offers() {
        return setup().stored().offers(now());
    }

    /** The activations of a pack, the newest first, at most a hundred. */
    public List<Activation> activations(String id) {
        return setup().stored().activations(id);
    }

    /** The files of a version; those of the base that it carries are below {@code base/}. */
    public PackFolder folder(String id, int version) {
        PackFolder found = setup().stored().folder(id, version);
        if (found == null) {
            throw new Refused("pack.refused.unknownVersion", id, version);
        }
        return found;
    }

    /** With the files of the base in force where it extends one and carries none of its files, as an author's folder does. */
    public PackFolder whole(PackFolder folder) {
        return folder.files().keySet().stream().anyMatch(file -> file.startsWith(PackFolder.BASE))
                ? folder
                : uponBase(folder);
    }

    /** The pack that these files would be, as version 0, without storing it; {@link PackInvalid} with everything that is wrong. */
    public Pack check(PackFolder folder) {
        return read(folder).numbered(0);
    }

    // ---- changes ----

    /**
     * Stores the files as the next version of their pack; that alone changes nothing for anybody. Files that are stored already are
     * that version. {@link PackInvalid} with everything that is wrong, and then nothing is stored.
     */
    public StoredVersion store(PackFolder folder, Origin origin, String note, Actor by) {
        Pack pack = read(folder);
        return change(() -> {
            int version = store(pack, folder, origin, note, by).version();
            return version(pack.id(), version);
        });
    }

    /**
     * Brings a version into force, for complaints that come in from then on: now, or in the future, but not before the day that its
     * author names. What was planned for later is undone. An older version than the present one goes back to it.
     */
    public Activation activate(String id, int version, Instant from, Actor by, String reason) {
        return change(() -> {
            StoredVersion found = version(id, version);
            if (found.isAbstract()) {
                throw new Refused("pack.refused.abstract", id);
            }
            InForce present = setup().stored().read(now());
            Instant start = start(found, from);
            boolean isPlanned = !present.planned(id, now()).isEmpty();
            if (found.standing() == StoredVersion.Standing.IN_FORCE && !isPlanned) {
                throw new Refused("pack.refused.inForce", id, version);
            }
            prepare(List.of(get(id, version)), present, start);
            return setup().stored().activate(id, version, start, now(), by.toString(), reason);
        });
    }

    /**
     * Stores a new version of an abstract pack and, of every pack that extends it, the version in force and those planned for later
     * with the new files of the base; then they come into force together, each not before it was to. {@link PackInvalid} with
     * everything that is wrong in any of them, and then nothing is stored.
     *
     * @return the base and the packs that came with it
     */
    public List<StoredVersion> publishBase(PackFolder base, Origin origin, Instant from, Actor by, String note) {
        Pack read = read(base);
        if (!read.isAbstract()) {
            throw new Refused("pack.refused.notAbstract", read.id());
        }
        return change(() -> {
            InForce present = setup().stored().read(now());
            Pack stored = store(read, base, origin, note, by);
            Instant start = start(version(stored.id(), stored.version()), from);
            var result = new ArrayList<>(List.of(version(stored.id(), stored.version())));
            var problems = new LinkedHashSet<PackProblem>();
            var parser = new PackParser();
            var together = new LinkedHashMap<Instant, List<Pack>>();
            for (String id : present.activations().keySet()) {
                for (Activation each : following(present, id, start)) {
                    if (!stored.id().equals(version(id, each.version()).base())) {
                        continue;
                    }
                    PackFolder folder = Bases.upon(base, folder(id, each.version()));
                    try {
                        Pack pack = store(read(folder, parser), folder, origin, note, by);
                        Instant its = each.from().isAfter(start) ? each.from() : start;
                        together.computeIfAbsent(its, at -> new ArrayList<>()).add(pack);
                        result.add(version(id, pack.version()));
                    } catch (PackInvalid invalid) {
                        problems.addAll(invalid.problems());
                    }
                }
            }
            if (!problems.isEmpty()) {
                throw new PackInvalid(List.copyOf(problems));
            }
            setup().stored().activate(stored.id(), stored.version(), start, now(), by.toString(), note);
            together.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
                prepare(each.getValue(), present, each.getKey());
                for (Pack pack : each.getValue()) {
                    setup().stored().activate(pack.id(), pack.version(), each.getKey(), now(), by.toString(), note);
                }
            });
            return List.copyOf(result);
        });
    }

    /** What holds of a pack at that time, and what comes behind it. */
    private static List<Activation> following(InForce present, String id, Instant start) {
        var found = new ArrayList<Activation>();
        present.of(id, start).ifPresent(found::add);
        found.addAll(present.planned(id, start));
        return found;
    }

    /** Opens a business line at the end of the others, or a closed one again; its pack must be in force. */
    public BusinessLine open(String code, Label name, String pack, Actor by) {
        return change(() -> {
            if (code.length() > LONGEST_CODE || !CODE.matcher(code).matches()) {
                throw new Refused("pack.refused.lineCode", code);
            }
            InForce present = setup().stored().read(now());
            BusinessLine other = present.lines().get(code);
            if (other != null && other.isActive()) {
                throw new Refused("pack.refused.lineExists", code);
            }
            requireRunning(present, pack);
            setup().stored().open(code, name, pack, now(), by.toString());
            return reread(code);
        });
    }

    /** Gives a business line another name or another pack; complaints that are there keep theirs. */
    public BusinessLine change(String code, Label name, String pack) {
        return change(() -> {
            InForce present = setup().stored().read(now());
            requireLine(present, code);
            requireRunning(present, pack);
            setup().stored().change(code, name, pack);
            return reread(code);
        });
    }

    /** Takes no more complaints of a business line; it can be opened again. The last one stays open. */
    public BusinessLine close(String code, Actor by) {
        return change(() -> {
            InForce present = setup().stored().read(now());
            BusinessLine line = requireLine(present, code);
            if (!line.isActive()) {
                return line;
            }
            if (present.lines().values().stream().filter(BusinessLine::isActive).count() == 1) {
                throw new Refused("pack.refused.lastLine", code);
            }
            setup().stored().close(code, now(), by.toString());
            return reread(code);
        });
    }

    // ---- of this node ----

    /** Reads again what holds when somebody, on any node, changed anything; says which of all changes was the last. */
    long refresh() {
        InForce present = known;
        if (present == null || present.revision() != setup().stored().revision()) {
            return reload().revision();
        }
        return present.revision();
    }

    /** Reads what is in force; whoever needs it finds out by himself what is wrong with it. */
    void warm() {
        try {
            all();
        } catch (RuntimeException e) {
            log.debug("The industry packs could not be read in advance", e);
        }
    }

    /** What is in force is read again at the next question. */
    void forget() {
        known = null;
    }

    /**
     * Stores what the release ships and nobody has stored yet, for somebody to take, upon the bases in force. What is invalid is no
     * offer.
     */
    void offer() {
        List<PackFolder> folders = setup().shipped().get();
        var bases = new LinkedHashSet<String>();
        folders.forEach(folder -> Bases.of(folder).ifPresent(bases::add));
        // Bases first: the others go upon them.
        Stream.concat(
                        folders.stream().filter(folder -> bases.contains(folder.name())),
                        folders.stream().filter(folder -> !bases.contains(folder.name())))
                .forEach(folder -> {
                    PackFolder whole = uponBase(folder);
                    try {
                        if (!refused.contains(whole.hash())) {
                            offer(whole);
                        }
                    } catch (PackInvalid invalid) {
                        refused.add(whole.hash());
                        log.error(
                                "The industry pack {} of this release is invalid and cannot be taken:\n{}",
                                folder.name(),
                                invalid.getMessage());
                    }
                });
    }

    private PackFolder uponBase(PackFolder folder) {
        return Bases.of(folder)
                .flatMap(this::present)
                .map(base -> Bases.upon(folder(base.pack(), base.version()), folder))
                .orElse(folder);
    }

    private void offer(PackFolder shipped) {
        if (setup().stored().find(shipped.name(), shipped.hash()).isPresent()) {
            return;
        }
        Pack pack = read(shipped);
        change(() -> {
            Pack stored = store(pack, shipped, Origin.SHIPPED, SHIPPED, Actor.SYSTEM);
            if (pack.isAbstract() && setup().stored().activations(pack.id()).isEmpty()) {
                // Nothing stands upon it yet: it is what comes next that does.
                setup().stored().activate(stored.id(), stored.version(), now(), now(), SYSTEM, SHIPPED);
            }
            return stored;
        });
        log.info("The release brings the industry pack {} in a version of its own", shipped.name());
    }

    /** Tells the modules that this version is in force. */
    void tell(Pack pack) {
        setup().preparations().get().forEach(each -> each.inForce(pack));
    }

    // ---- inside ----

    private static final String SYSTEM = Actor.SYSTEM.toString();
    private static final String SHIPPED = "shipped";

    private Setup setup() {
        return Objects.requireNonNull(setup, "these packs are in memory only");
    }

    private Instant now() {
        return setup == null ? Instant.EPOCH : setup.time().instant().truncatedTo(ChronoUnit.MICROS);
    }

    private InForce known() {
        if (isWriting()) {
            return setup().stored().read(now()); // what this transaction wrote, which nobody else may see yet
        }
        InForce present = known;
        return present == null ? reload() : present;
    }

    private synchronized InForce reload() {
        InForce found = setup().stored().read(now());
        if (found.lines().isEmpty() && !setup().lines().isEmpty()) {
            begin();
            found = setup().stored().read(now());
        }
        known = found;
        return found;
    }

    private Activation inForce(String id) {
        return known().of(id, now()).orElseThrow(() -> new Refused("pack.refused.unknownPack", id));
    }

    private Pack readStored(Key key) {
        PackFolder folder = setup == null ? null : setup.stored().folder(key.id(), key.version());
        if (folder == null) {
            throw new Refused("pack.refused.unknownVersion", key.id(), key.version());
        }
        return read(folder).numbered(key.version());
    }

    private Pack read(PackFolder folder) {
        return read(folder, new PackParser());
    }

    private Pack read(PackFolder folder, PackParser parser) {
        var problems = new ArrayList<PackProblem>();
        return new PackReader(folder, FIRST_VERSION, setup().parts(), parser)
                .read(problems)
                .orElseThrow(() -> new PackInvalid(problems));
    }

    /** Part of a transaction that holds the lock. */
    private Pack store(Pack pack, PackFolder folder, Origin origin, String note, Actor by) {
        StoredPacks stored = setup().stored();
        Optional<Integer> same = stored.find(pack.id(), pack.hash());
        if (same.isPresent()) {
            return pack.numbered(same.get());
        }
        Pack numbered = pack.numbered(stored.next(pack.id()));
        stored.insert(new StoredPacks.New(numbered, folder, origin, now(), by.toString(), note));
        return numbered;
    }

    private Instant start(StoredVersion version, Instant wanted) {
        Instant start = wanted.isBefore(now()) ? now() : wanted.truncatedTo(ChronoUnit.MICROS);
        ZoneId zone = setup().zone();
        if (version.effectiveFrom() != null) {
            Instant earliest = version.effectiveFrom().atStartOfDay(zone).toInstant();
            start = start.isBefore(earliest) ? earliest : start;
        }
        if (version.effectiveTo() != null
                && !start.isBefore(
                        version.effectiveTo().plusDays(1).atStartOfDay(zone).toInstant())) {
            throw new Refused("pack.refused.over", version.pack(), version.version(), version.effectiveTo());
        }
        return start;
    }

    /** Lets the modules write down what they need, in the transaction that activates. */
    private void prepare(List<Pack> packs, InForce present, Instant from) {
        List<String> ids = packs.stream().map(Pack::id).toList();
        List<Pack> others = present.activations().keySet().stream()
                .filter(id -> !ids.contains(id))
                .flatMap(id -> present.of(id, now()).stream())
                .map(each -> get(each.pack(), each.version()))
                .filter(pack -> !pack.isAbstract())
                .toList();
        var activating = new PackPreparation.Activating(packs, others, from, from.isAfter(now()));
        setup().preparations().get().forEach(each -> each.prepare(activating));
    }

    /** Stores and activates what the configured lines run; the first node does it, the others find it done. */
    private void begin() {
        Map<String, PackFolder> shipped = new LinkedHashMap<>();
        setup().shipped().get().forEach(folder -> shipped.put(folder.name(), folder));
        var problems = new LinkedHashSet<PackProblem>();
        var parser = new PackParser();
        var packs = new LinkedHashMap<String, Pack>();
        var wanted = new LinkedHashSet<String>();
        for (String id : setup().lines().values()) {
            Optional.ofNullable(shipped.get(id)).flatMap(Bases::of).ifPresent(wanted::add);
        }
        wanted.addAll(setup().lines().values());
        for (String id : wanted) {
            PackFolder folder = shipped.get(id);
            if (folder != null) {
                new PackReader(folder, FIRST_VERSION, setup().parts(), parser)
                        .read(problems)
                        .ifPresent(pack -> packs.put(id, pack));
            }
        }
        List<String> skeletons =
                packs.values().stream().filter(Pack::isAbstract).map(Pack::id).toList();
        checkLines(
                setup().lines(),
                shipped.keySet().stream().filter(id -> !skeletons.contains(id)).toList(),
                skeletons,
                problems);
        if (!problems.isEmpty()) {
            throw new PackInvalid(List.copyOf(problems));
        }
        // A caller's transaction may roll back.
        var alone = new TransactionTemplate(setup().transactions());
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        alone.executeWithoutResult(status -> {
            StoredPacks stored = setup().stored();
            stored.lock();
            InForce present = stored.read(now());
            if (!present.lines().isEmpty()) {
                return;
            }
            List<Pack> numbered = packs.values().stream()
                    .map(pack -> store(
                            pack,
                            Objects.requireNonNull(shipped.get(pack.id())),
                            Origin.SHIPPED,
                            SHIPPED,
                            Actor.SYSTEM))
                    .toList();
            var nothing = new InForce(0, Map.of(), Map.of());
            prepare(numbered.stream().filter(pack -> !pack.isAbstract()).toList(), nothing, now());
            for (Pack pack : numbered) {
                stored.activate(pack.id(), pack.version(), now(), now(), SYSTEM, SHIPPED);
            }
            setup().lines()
                    .forEach((line, pack) -> stored.open(
                            line, name(line, Objects.requireNonNull(packs.get(pack))), pack, now(), SYSTEM));
        });
    }

    /** A line is called after its pack; several of one pack by their own codes too. */
    private Label name(String line, Pack pack) {
        long lines = setup().lines().values().stream().filter(pack.id()::equals).count();
        Label name = pack.name();
        return lines == 1 ? name : new Label(name.zh() + "（" + line + "）", name.en() + " (" + line + ")");
    }

    private static void checkLines(
            Map<String, String> businessLines,
            Collection<String> known,
            Collection<String> skeletons,
            Collection<PackProblem> problems) {
        businessLines.forEach((line, pack) -> {
            var place = new Position("bihuan.business-lines." + line, 1, 1);
            if (skeletons.contains(pack)) {
                problems.add(new PackProblem(
                        place, Phrase.of("pack.problem.abstractLine", pack, PackReading.suggestion(pack, known))));
            } else if (!known.contains(pack)) {
                problems.add(new PackProblem(
                        place, Phrase.of("pack.problem.unknownPack", pack, PackReading.suggestion(pack, known))));
            }
        });
    }

    private void requireRunning(InForce present, String pack) {
        Activation found = present.of(pack, now()).orElseThrow(() -> new Refused("pack.refused.unknownPack", pack));
        if (version(pack, found.version()).isAbstract()) {
            throw new Refused("pack.refused.abstract", pack);
        }
        if (found.from().isAfter(now())) {
            throw new Refused("pack.refused.notYet", pack);
        }
    }

    private static BusinessLine requireLine(InForce present, String code) {
        BusinessLine found = present.lines().get(code);
        if (found == null) {
            throw new Refused("pack.refused.unknownBusinessLine", code);
        }
        return found;
    }

    private BusinessLine reread(String code) {
        return requireLine(setup().stored().read(now()), code);
    }

    /** In one transaction, one at a time of all nodes; this node knows of it at once. */
    private <T> T change(Supplier<T> change) {
        return Objects.requireNonNull(new TransactionTemplate(setup().transactions()).execute(status -> {
            if (!isWriting()) {
                TransactionSynchronizationManager.bindResource(this, this);
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCompletion(int completion) {
                        TransactionSynchronizationManager.unbindResourceIfPossible(Packs.this);
                        forget();
                    }
                });
            }
            setup().stored().lock();
            return change.get();
        }));
    }

    /** Whether this thread's transaction changes packs: until it ends it alone sees what it wrote. */
    private boolean isWriting() {
        return setup != null && TransactionSynchronizationManager.hasResource(this);
    }
}
