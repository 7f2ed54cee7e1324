package io.bihuan.customer.web;

import io.bihuan.customer.CustomerDetails;
import io.bihuan.customer.Identity;
import io.bihuan.customer.PreferredContact;
import io.bihuan.customer.Thing;
import io.bihuan.customer.Vulnerability;
import io.bihuan.identifier.EmailAddresses;
import io.bihuan.identifier.PhoneNumbers;
import io.bihuan.identifier.Plate;
import io.bihuan.identifier.Vin;
import io.bihuan.platform.Money;
import io.bihuan.web.BadInput;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the company's own systems know of a customer; what is absent stays as it is. */
@Schema(name = "CustomerDetails")
record CustomerBody(
        @Schema(example = "Li Lei") @Size(max = CustomerDetails.LONGEST_NAME) @Nullable String name,

        @Schema(description = "Added to those that are known", example = "[\"138 1234 5678\"]")
        @Size(max = CustomerDetails.MOST_CONTACTS)
        @Nullable
        List<@NotNull @Size(max = PhoneNumbers.LONGEST) String> phones,

        @Schema(description = "Added to those that are known", example = "[\"li.lei@example.com\"]")
        @Size(max = CustomerDetails.MOST_CONTACTS)
        @Nullable
        List<@NotNull @Size(max = EmailAddresses.LONGEST) String> emails,

        @Schema(description = "Why the customer needs special care") @Nullable
        Vulnerability vulnerable,

        @Schema(description = "How the customer wants to be reached") @Nullable
        PreferredContact preferredContact,

        @Schema(description = "Added, or completed where VIN or plate is known") @Size(max = CustomerDetails.MOST_THINGS) @Nullable
        List<@NotNull @Valid VehicleBody> vehicles,

        @Schema(description = "Added, or completed where the serial number is known")
        @Size(max = CustomerDetails.MOST_THINGS)
        @Nullable
        List<@NotNull @Valid ApplianceBody> appliances,

        @Schema(description = "Added, or completed where the order number is known")
        @Size(max = CustomerDetails.MOST_THINGS)
        @Nullable
        List<@NotNull @Valid OrderBody> orders) {
    /** A vehicle; VIN, plate or model must be given. */
    @Schema(name = "Vehicle")
    record VehicleBody(
            @Schema(example = "LSVAA49J132047371") @Size(max = Thing.LONGEST) @Nullable String vin,

            @Schema(example = "京A12345") @Size(max = Thing.LONGEST) @Nullable String plate,

            @Size(max = Thing.LONGEST) @Nullable String model,

            @Nullable LocalDate boughtOn) {}

    /** An appliance; serial number or model must be given. */
    @Schema(name = "Appliance")
    record ApplianceBody(
            @Schema(example = "SN2026-001187") @Size(max = Thing.LONGEST) @Nullable String serialNumber,

            @Schema(example = "KFR-35GW") @Size(max = Thing.LONGEST) @Nullable String model,

            @Nullable LocalDate boughtOn,
            @Nullable LocalDate installedOn) {}

    /** An order. */
    @Schema(name = "Order", requiredProperties = "number")
    record OrderBody(
            @Schema(example = "DD20261111-0001") @NotNull @Size(max = Thing.LONGEST)
            String number,

            @Nullable LocalDate boughtOn,

            @Schema(description = "Yuan with at most two decimals", example = "1299.50") @Nullable
            String amount,

            @Size(max = Thing.LONGEST) @Nullable String product) {}

    /** @throws BadInput with everything that cannot be read */
    CustomerDetails details(Identity key) {
        var wrong = new ArrayList<BadInput.Wrong>();
        var contacts = new ArrayList<Identity>();
        read(given(phones), "/phones/", "customer.field.phone", Identity::phone, contacts, wrong);
        read(given(emails), "/emails/", "customer.field.email", Identity::email, contacts, wrong);
        var things = new ArrayList<Thing>();
        List<VehicleBody> cars = given(vehicles);
        for (int i = 0; i < cars.size(); i++) {
            add(vehicle(cars.get(i), "/vehicles/" + i, wrong), "/vehicles/" + i, things, wrong);
        }
        List<ApplianceBody> machines = given(appliances);
        for (int i = 0; i < machines.size(); i++) {
            ApplianceBody body = machines.get(i);
            add(
                    new Thing.Appliance(body.serialNumber(), body.model(), body.boughtOn(), body.installedOn()),
                    "/appliances/" + i,
                    things,
                    wrong);
        }
        List<OrderBody> purchases = given(orders);
        for (int i = 0; i < purchases.size(); i++) {
            add(order(purchases.get(i), "/orders/" + i, wrong), "/orders/" + i, things, wrong);
        }
        if (!wrong.isEmpty()) {
            throw new BadInput(wrong);
        }
        return new CustomerDetails(key, name, contacts, things, vulnerable, preferredContact);
    }

    private static <T> List<T> given(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static void read(
            List<String> typed,
            String at,
            String key,
            Function<String, Optional<Identity>> reading,
            List<Identity> contacts,
            List<BadInput.Wrong> wrong) {
        for (int i = 0; i < typed.size(); i++) {
            Optional<Identity> read = reading.apply(typed.get(i));
            String pointer = at + i;
            read.ifPresentOrElse(contacts::add, () -> wrong.add(new BadInput.Wrong(pointer, key, List.of())));
        }
    }

    private static void add(Thing thing, String at, List<Thing> things, List<BadInput.Wrong> wrong) {
        if (thing.isNamed()) {
            things.add(thing);
        } else {
            wrong.add(new BadInput.Wrong(at, "customer.field.thing", List.of()));
        }
    }

    private static Thing vehicle(VehicleBody body, String at, List<BadInput.Wrong> wrong) {
        String vin = body.vin();
        String plate = body.plate();
        if (vin != null && !vin.isBlank() && Vin.check(vin).isWrong()) {
            wrong.add(new BadInput.Wrong(at + "/vin", "customer.field.vin", List.of()));
        }
        if (plate != null && !plate.isBlank() && Plate.check(plate).isWrong()) {
            wrong.add(new BadInput.Wrong(at + "/plate", "customer.field.plate", List.of()));
        }
        return new Thing.Vehicle(vin, plate, body.model(), body.boughtOn());
    }

    private static Thing order(OrderBody body, String at, List<BadInput.Wrong> wrong) {
        String amount = body.amount();
        Money money = amount == null || amount.isBlank() ? null : Money.readYuan(amount.strip());
        if (money == null && amount != null && !amount.isBlank()) {
            wrong.add(new BadInput.Wrong(at + "/amount", "customer.field.money", List.of()));
        }
        return new Thing.Order(body.number(), body.boughtOn(), money, body.product());
    }
}
