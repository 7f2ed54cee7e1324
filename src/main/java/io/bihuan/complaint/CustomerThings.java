package io.bihuan.complaint;

import io.bihuan.customer.Thing;
import io.bihuan.identifier.Plate;
import io.bihuan.identifier.Vin;
import io.bihuan.pack.FormField;
import io.bihuan.pack.Pack;
import io.bihuan.platform.Money;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The things of a customer in the words of a pack's form, and back. Which question asks for what is said by its type, and for what
 * has no type of its own by the key that the packs share.
 */
public final class CustomerThings {
    private static final List<String> SERIAL = List.of("serialNumber");
    private static final List<String> ORDER = List.of("orderNumber");
    private static final List<String> MODEL = List.of("model");
    private static final List<String> PRODUCT = List.of("product", "productName");
    private static final List<String> BOUGHT = List.of("purchasedOn", "boughtOn", "invoicedOn", "orderedOn");
    private static final List<String> INSTALLED = List.of("installedOn");
    private static final List<String> AMOUNT = List.of("amount", "price");

    private CustomerThings() {}

    /** What the answers of a form are about. */
    public static List<Thing> of(Pack pack, Map<String, String> answers) {
        var form = new Answered(pack, answers);
        var things = new ArrayList<Thing>();
        String vin = form.first(FormField.Type.VIN)
                .filter(value -> !Vin.check(value).isWrong())
                .orElse(null);
        String plate = form.first(FormField.Type.PLATE)
                .filter(value -> !Plate.check(value).isWrong())
                .orElse(null);
        String model = form.text(FormField.Type.TEXT, MODEL);
        LocalDate boughtOn = form.day(BOUGHT);
        if (vin != null || plate != null) {
            things.add(new Thing.Vehicle(vin, plate, model, boughtOn));
        } else if (form.asks(FormField.Type.SERIAL, SERIAL)) {
            var appliance =
                    new Thing.Appliance(form.text(FormField.Type.SERIAL, SERIAL), model, boughtOn, form.day(INSTALLED));
            if (appliance.isNamed()) {
                things.add(appliance);
            }
        }
        String order = form.text(FormField.Type.SERIAL, ORDER);
        if (order != null) {
            String amount = form.text(FormField.Type.MONEY, AMOUNT);
            things.add(new Thing.Order(
                    order,
                    boughtOn,
                    amount == null ? null : Money.readYuan(amount),
                    form.text(FormField.Type.TEXT, PRODUCT)));
        }
        return things;
    }

    /** What is known of a thing as answers to the questions of a form, by key. */
    public static Map<String, String> answers(Thing thing, Pack pack) {
        var answers = new LinkedHashMap<String, String>();
        var form = new Answered(pack, Map.of());
        switch (thing) {
            case Thing.Vehicle vehicle -> {
                put(vehicle.vin(), value -> form.key(FormField.Type.VIN).ifPresent(key -> answers.put(key, value)));
                put(vehicle.plate(), value -> form.key(FormField.Type.PLATE).ifPresent(key -> answers.put(key, value)));
                put(
                        vehicle.model(),
                        value -> form.key(FormField.Type.TEXT, MODEL).ifPresent(key -> answers.put(key, value)));
            }
            case Thing.Appliance appliance -> {
                put(
                        appliance.serial(),
                        value -> form.key(FormField.Type.SERIAL, SERIAL).ifPresent(key -> answers.put(key, value)));
                put(
                        appliance.model(),
                        value -> form.key(FormField.Type.TEXT, MODEL).ifPresent(key -> answers.put(key, value)));
                put(
                        appliance.installedOn(),
                        value -> form.key(FormField.Type.DATE, INSTALLED).ifPresent(key -> answers.put(key, value)));
            }
            case Thing.Order order -> {
                put(
                        order.number(),
                        value -> form.key(FormField.Type.SERIAL, ORDER).ifPresent(key -> answers.put(key, value)));
                put(
                        order.product(),
                        value -> form.key(FormField.Type.TEXT, PRODUCT).ifPresent(key -> answers.put(key, value)));
                Money amount = order.amount();
                if (amount != null && amount.currency().equals(Money.CNY)) {
                    form.key(FormField.Type.MONEY, AMOUNT).ifPresent(key -> answers.put(key, amount.yuan()));
                }
            }
        }
        put(thing.boughtOn(), value -> form.key(FormField.Type.DATE, BOUGHT).ifPresent(key -> answers.put(key, value)));
        return answers;
    }

    private static void put(@Nullable Object value, Consumer<String> taker) {
        if (value != null) {
            taker.accept(value.toString());
        }
    }

    /** A form and the answers to it. */
    private record Answered(Pack pack, Map<String, String> answers) {
        Optional<String> first(FormField.Type type) {
            return pack.form().all().stream()
                    .filter(field -> field.type() == type)
                    .map(field -> answers.getOrDefault(field.key(), ""))
                    .filter(answer -> !answer.isBlank())
                    .findFirst();
        }

        boolean asks(FormField.Type type, List<String> keys) {
            return key(type, keys).isPresent();
        }

        Optional<String> key(FormField.Type type) {
            return pack.form().all().stream()
                    .filter(field -> field.type() == type)
                    .map(FormField::key)
                    .findFirst();
        }

        Optional<String> key(FormField.Type type, List<String> keys) {
            return keys.stream()
                    .filter(key -> pack.form()
                            .find(key)
                            .filter(field -> field.type() == type)
                            .isPresent())
                    .findFirst();
        }

        @Nullable
        String text(FormField.Type type, List<String> keys) {
            return keys.stream()
                    .filter(key -> pack.form()
                            .find(key)
                            .filter(field -> field.type() == type)
                            .isPresent())
                    .map(key -> answers.getOrDefault(key, ""))
                    .filter(answer -> !answer.isBlank())
                    .findFirst()
                    .orElse(null);
        }

        @Nullable
        LocalDate day(List<String> keys) {
            String written = text(FormField.Type.DATE, keys);
            try {
                return written == null ? null : LocalDate.parse(written.strip());
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }
}
