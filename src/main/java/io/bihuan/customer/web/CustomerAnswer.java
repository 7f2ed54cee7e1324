package io.bihuan.customer.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bihuan.customer.Contact;
import io.bihuan.customer.IdentityKind;
import io.bihuan.customer.OwnedThing;
import io.bihuan.customer.Person;
import io.bihuan.customer.PreferredContact;
import io.bihuan.customer.Thing;
import io.bihuan.customer.ThingKey;
import io.bihuan.customer.Vulnerability;
import io.bihuan.platform.Money;
import io.bihuan.privacy.Personal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer as the API gives it: ways of contact, VIN and plate are masked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Customer")
record CustomerAnswer(
        UUID id,
        List<String> numbers,
        @Nullable String name,
        @Nullable Vulnerability vulnerable,
        @Nullable PreferredContact preferredContact,
        List<ContactPart> contacts,
        List<VehiclePart> vehicles,
        List<AppliancePart> appliances,
        List<OrderPart> orders,
        Instant createdAt) {
    /** A way of contact; {@code failedAt} says since when nobody is reached there. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CustomerContact")
    record ContactPart(
            IdentityKind kind, String value, @Nullable Instant failedAt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CustomerVehicle")
    record VehiclePart(
            @Nullable String vin,
            @Nullable String plate,
            @Nullable String model,
            @Nullable LocalDate boughtOn) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CustomerAppliance")
    record AppliancePart(
            @Nullable String serialNumber,
            @Nullable String model,
            @Nullable LocalDate boughtOn,
            @Nullable LocalDate installedOn) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CustomerOrder")
    record OrderPart(
            @Nullable String number,
            @Nullable LocalDate boughtOn,
            @Nullable String amount,
            @Nullable String product) {}

    static CustomerAnswer of(Person person) {
        List<Thing> things = person.things().stream().map(OwnedThing::thing).toList();
        return new CustomerAnswer(
                person.id(),
                person.values(IdentityKind.NUMBER),
                Personal.valueOf(person.name()),
                person.vulnerable(),
                person.preferred(),
                person.contacts().stream()
                        .filter(contact -> contact.identity().kind() != IdentityKind.NUMBER)
                        .map(CustomerAnswer::contact)
                        .toList(),
                things.stream()
                        .filter(Thing.Vehicle.class::isInstance)
                        .map(thing -> vehicle((Thing.Vehicle) thing))
                        .toList(),
                things.stream()
                        .filter(Thing.Appliance.class::isInstance)
                        .map(thing -> appliance((Thing.Appliance) thing))
                        .toList(),
                things.stream()
                        .filter(Thing.Order.class::isInstance)
                        .map(thing -> order((Thing.Order) thing))
                        .toList(),
                person.createdAt());
    }

    private static ContactPart contact(Contact contact) {
        return new ContactPart(contact.identity().kind(), contact.identity().masked(), contact.failedAt());
    }

    private static VehiclePart vehicle(Thing.Vehicle vehicle) {
        Map<ThingKey, String> keys = vehicle.keys();
        String vin = keys.get(ThingKey.VIN);
        String plate = keys.get(ThingKey.PLATE);
        return new VehiclePart(
                vin == null ? null : ThingKey.VIN.masked(vin),
                plate == null ? null : ThingKey.PLATE.masked(plate),
                vehicle.model(),
                vehicle.boughtOn());
    }

    private static AppliancePart appliance(Thing.Appliance appliance) {
        return new AppliancePart(
                appliance.serial(), appliance.model(), appliance.boughtOn(), appliance.installedOn());
    }

    private static OrderPart order(Thing.Order order) {
        Money amount = order.amount();
        return new OrderPart(
                order.number(), order.boughtOn(), amount == null ? null : amount.yuan(), order.product());
    }
}
