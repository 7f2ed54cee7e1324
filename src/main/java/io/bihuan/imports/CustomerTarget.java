package io.bihuan.imports;

import io.bihuan.customer.CustomerDetails;
import io.bihuan.customer.Customers;
import io.bihuan.customer.Identity;
import io.bihuan.customer.OwnedThing;
import io.bihuan.customer.Thing;
import io.bihuan.identifier.Checked;
import io.bihuan.identifier.Plate;
import io.bihuan.identifier.Vin;
import io.bihuan.imports.ImportColumn.Target;
import io.bihuan.imports.ImportRejection.Reason;
import io.bihuan.imports.ImportRun.Kind;
import io.bihuan.imports.ImportRun.Settings;
import io.bihuan.platform.Actor;
import io.bihuan.platform.Money;
import io.bihuan.platform.Refused;
import io.bihuan.web.StorableText;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows that become customers, or what customers have. A customer is known by number, phone or e-mail, a thing by its own number: a row
 * that comes again completes what is there.
 */
final class CustomerTarget implements ImportTarget {
    private static final List<Target> CUSTOMER =
            List.of(Target.IGNORED, Target.CUSTOMER_NUMBER, Target.NAME, Target.PHONE, Target.EMAIL);
    private static final List<Target> TELLS_CUSTOMER = List.of(Target.CUSTOMER_NUMBER, Target.PHONE, Target.EMAIL);

    private final Kind kind;
    private final Customers customers;
    private final ZoneId zone;

    CustomerTarget(Kind kind, Customers customers, ZoneId zone) {
        this.kind = kind;
        this.customers = customers;
        this.zone = zone;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** What tells the thing; a row needs one of them. */
    private List<Target> keys() {
        return switch (kind) {
            case COMPLAINTS, CUSTOMERS, REGULATOR_CASES -> List.of();
            case VEHICLES -> List.of(Target.VIN, Target.PLATE);
            case APPLIANCES -> List.of(Target.SERIAL, Target.MODEL);
            case ORDERS -> List.of(Target.ORDER_NUMBER);
        };
    }

    private List<Target> more() {
        return switch (kind) {
            case COMPLAINTS, CUSTOMERS, REGULATOR_CASES -> List.of();
            case VEHICLES -> List.of(Target.MODEL, Target.BOUGHT_ON);
            case APPLIANCES -> List.of(Target.BOUGHT_ON, Target.INSTALLED_ON);
            case ORDERS -> List.of(Target.GOODS, Target.BOUGHT_ON, Target.AMOUNT);
        };
    }

    @Override
    public List<Target> meanings() {
        var meanings = new ArrayList<>(CUSTOMER);
        meanings.addAll(keys());
        meanings.addAll(more());
        return meanings;
    }

    @Override
    public void check(Settings settings, String source) {
        if (TELLS_CUSTOMER.stream().noneMatch(settings::has)) {
            throw new Refused("imports.refused.no-customer");
        }
        if (!keys().isEmpty() && keys().stream().noneMatch(settings::has)) {
            throw new Refused("imports.refused.no-thing");
        }
    }

    @Override
    public Rows open(ImportRun run) {
        return new RowsOfRun(run);
    }

    private final class RowsOfRun implements Rows {
        private final List<ImportColumn> columns;
        private final Actor actor;
        private final Map<Target, Integer> places = new EnumMap<>(Target.class);

        RowsOfRun(ImportRun run) {
            this.columns = run.settings().columns();
            this.actor = Actor.staff(run.startedBy());
            for (int i = 0; i < columns.size(); i++) {
                places.putIfAbsent(columns.get(i).target(), i);
            }
        }

        /** Rows complete each other: one customer may have two phones and many things. */
        @Override
        public @Nullable String number(Table.Row row) {
            return null;
        }

        @Override
        public List<Step> prepare(List<Candidate> rows) {
            return rows.stream().map(each -> new OneRow(each.row()).step()).toList();
        }

        private final class OneRow {
            private final Table.Row row;
            private final List<Reason> wrong = new ArrayList<>();

            OneRow(Table.Row row) {
                this.row = row;
            }

            Step step() {
                if (row.isWiderThan(columns.size())) {
                    wrong.add(Reason.of(null, "imports.reason.wide", row.cells().size(), columns.size()));
                    return new Reject(row, wrong);
                }
                checkText();
                var identities = new ArrayList<Identity>();
                identity(Target.CUSTOMER_NUMBER, "imports.reason.number", Identity::number, identities);
                identity(Target.PHONE, "imports.reason.phone", Identity::phone, identities);
                identity(Target.EMAIL, "imports.reason.email", Identity::email, identities);
                if (identities.isEmpty() && wrong.isEmpty()) {
                    wrong.add(Reason.of(null, "imports.reason.no-customer"));
                }
                String name = text(Target.NAME, CustomerDetails.LONGEST_NAME);
                Thing thing = thing();
                if (thing != null && !thing.isNamed() && wrong.isEmpty()) {
                    wrong.add(Reason.of(null, "imports.reason.no-thing"));
                }
                if (!wrong.isEmpty()) {
                    return new Reject(row, wrong);
                }
                var details = new CustomerDetails(
                        identities.getFirst(),
                        name,
                        identities.subList(1, identities.size()),
                        thing == null ? List.of() : List.of(thing),
                        null,
                        null);
                return new Take(row, () -> taken(details));
            }

            private void checkText() {
                for (int i = 0; i < columns.size(); i++) {
                    if (columns.get(i).target() != Target.IGNORED && !StorableText.is(row.cell(i))) {
                        wrong.add(Reason.of(columns.get(i).header(), "web.field.unstorable"));
                    }
                }
            }

            private void identity(
                    Target target,
                    String flaw,
                    Function<String, Optional<Identity>> reading,
                    List<Identity> identities) {
                String given = cell(target);
                if (!given.isEmpty()) {
                    reading.apply(given).ifPresentOrElse(identities::add, () -> wrong(target, flaw));
                }
            }

            private @Nullable Thing thing() {
                return switch (kind) {
                    case COMPLAINTS, CUSTOMERS, REGULATOR_CASES -> null;
                    case VEHICLES ->
                        new Thing.Vehicle(
                                checked(Target.VIN, "imports.reason.vin", Vin::check),
                                checked(Target.PLATE, "imports.reason.plate", Plate::check),
                                text(Target.MODEL, Thing.LONGEST),
                                day(Target.BOUGHT_ON));
                    case APPLIANCES ->
                        new Thing.Appliance(
                                text(Target.SERIAL, Thing.LONGEST),
                                text(Target.MODEL, Thing.LONGEST),
                                day(Target.BOUGHT_ON),
                                day(Target.INSTALLED_ON));
                    case ORDERS ->
                        new Thing.Order(
                                text(Target.ORDER_NUMBER, Thing.LONGEST),
                                day(Target.BOUGHT_ON),
                                amount(),
                                text(Target.GOODS, Thing.LONGEST));
                };
            }

            private @Nullable String checked(Target target, String flaw, Function<String, Checked> check) {
                String given = cell(target);
                if (given.isEmpty()) {
                    return null;
                }
                Checked checked = check.apply(given);
                if (checked.grade() == Checked.Grade.WRONG) {
                    wrong(target, flaw);
                }
                return checked.value();
            }

            private @Nullable String text(Target target, int longest) {
                String given = cell(target);
                if (given.codePointCount(0, given.length()) > longest) {
                    wrong(target, "imports.reason.long", longest);
                }
                return given.isEmpty() ? null : given;
            }

            private @Nullable LocalDate day(Target target) {
                String given = cell(target);
                if (given.isEmpty()) {
                    return null;
                }
                Optional<String> day = SheetTimes.day(given, zone);
                if (day.isEmpty()) {
                    wrong(target, "imports.reason.day", shortened(given));
                }
                return day.map(LocalDate::parse).orElse(null);
            }

            private @Nullable Money amount() {
                String given = cell(Target.AMOUNT);
                if (given.isEmpty()) {
                    return null;
                }
                String plain = Normalizer.normalize(given, Normalizer.Form.NFKC)
                        .replaceAll("[\\s,¥￥]|元$|^(?i:RMB|CNY)|(?i:RMB|CNY)$", "");
                Money money = Money.readYuan(plain);
                if (money == null) {
                    wrong(Target.AMOUNT, "imports.reason.amount", shortened(given));
                }
                return money;
            }

            private void wrong(Target target, String key, Object... arguments) {
                wrong.add(Reason.of(header(target), key, arguments));
            }

            private String cell(Target target) {
                Integer place = places.get(target);
                return place == null ? "" : row.cell(place);
            }
        }

        private @Nullable String header(Target target) {
            Integer place = places.get(target);
            return place == null ? null : columns.get(place).header();
        }

        private Taken taken(CustomerDetails details) {
            List<Thing> known = details.things().isEmpty() ? List.of() : knownThings(details);
            boolean isKnown =
                    details.things().stream().allMatch(thing -> known.stream().anyMatch(each -> each.isSameAs(thing)));
            if (!isKnown && known.size() >= CustomerDetails.MOST_THINGS) {
                return new Taken.Left(Reason.of(null, "imports.reason.many-things", CustomerDetails.MOST_THINGS));
            }
            Customers.Put put = customers.put(details, actor);
            if (put.id() == null) {
                Identity held = put.heldByOther();
                return new Taken.Left(
                        Reason.of(null, "imports.reason.other-customer", held == null ? "" : held.masked()));
            }
            return put.isNew() || !isKnown ? new Taken.Added(Set.of(), null) : new Taken.Updated();
        }

        private List<Thing> knownThings(CustomerDetails details) {
            var identities = new ArrayList<Identity>();
            identities.add(details.key());
            identities.addAll(details.contacts());
            return customers.findAny(identities).stream()
                    .flatMap(person -> person.things().stream())
                    .map(OwnedThing::thing)
                    .toList();
        }
    }

    private static String shortened(String given) {
        return given.codePointCount(0, given.length()) <= 40
                ? given
                : given.substring(0, given.offsetByCodePoints(0, 40)) + "…";
    }
}
